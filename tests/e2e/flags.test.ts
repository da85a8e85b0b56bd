import type { Page } from '@playwright/test'
import { homeroom } from '../setup/server.ts'
import { checkAccess } from './check-access.ts'
import { ann, ben, vic } from './people.ts'
import { settled, watchRequests } from './settled.ts'
import { ask, expect, ownSite, refusals, signIn, studentRow, test } from './test.ts'

test.use({ expectedErrors: refusals })

const site = ownSite()
const set = async (...args: string[]) =>
  expect((await homeroom(['flags', 'set', ...args], { env: { DATABASE_URL: site.databaseUrl } })).code).toBe(0)

async function open(page: Page, path: string, who = ann): Promise<void> {
  watchRequests(page)
  await signIn(page.context(), site.url, who)
  await page.goto(`${site.url}/northgate/${path}`)
  await settled(page)
}
const moveLink = (page: Page) => page.getByRole('link', { name: 'Move to PostgreSQL' })
const save = (page: Page) => page.getByRole('button', { name: 'Save changes' })
async function saved(page: Page): Promise<void> {
  await save(page).click()
  await expect(page.getByText('Saved. Open pages follow')).toBeVisible()
  await expect(save(page)).toBeDisabled()
  await settled(page)
}
const changesOf = (page: Page) => page.getByRole('list', { name: 'Who changed this flag, the newest change first' })
const seen = (page: Page) => page.locator('.section', { hasText: 'Who has it now' })

test('a page that is turned off is gone from open windows without a reload, and comes back', async ({
  page,
  otherPage,
}) => {
  await open(page, 'system')
  await open(otherPage, 'system/move')
  await expect(moveLink(page)).toBeVisible()
  await expect(otherPage.getByText('No database is named yet')).toBeVisible()
  await set('move-page', '--off')
  await expect(otherPage.getByText('A move is not offered here')).toBeVisible()
  await expect(moveLink(page)).toHaveCount(0)
  await set('move-page', '--percent', '100', '--from', '')
  await expect(moveLink(page)).toBeVisible()
  await expect(otherPage.getByText('No database is named yet')).toBeVisible()
})

test('an owner takes a flag from dark over some people to a part and back to none, and another browser follows', async ({
  page,
  otherPage,
}) => {
  await set('move-page', '--default')
  await open(otherPage, 'system')
  await open(page, 'system')
  await page.getByRole('link', { name: 'Flags', exact: true }).click()
  await page.getByRole('link', { name: 'Page of the move to PostgreSQL' }).click()
  await page.getByLabel('Off for everybody, at once').check()
  await saved(page)
  await expect(moveLink(otherPage)).toHaveCount(0)
  await expect(seen(page)).toContainText('Off for everybody')

  await page.getByLabel('On for some').check()
  await page.getByLabel('The owners of the register').check()
  await saved(page)
  await expect(moveLink(otherPage)).toBeVisible()
  await expect(seen(page)).toContainText(ann.name)

  await page.getByLabel('The owners of the register').uncheck()
  for (const percent of ['5', '50']) {
    await page.getByLabel('Part of the people, in percent').fill(percent)
    await saved(page)
    await expect(changesOf(page).getByRole('listitem').first()).toContainText(`${percent} %`)
    const isIn = (await seen(page).getByText(ann.name).count()) > 0
    await expect(moveLink(otherPage)).toHaveCount(isIn ? 1 : 0)
  }
  const finder = page.getByRole('combobox', { name: 'Add a person' })
  await finder.fill('ann l')
  await page.getByRole('option', { name: ann.name }).click()
  await saved(page)
  await expect(moveLink(otherPage)).toBeVisible()
  await checkAccess(page, 'flag, for some')

  await page.getByRole('button', { name: `Take ${ann.name} off` }).click()
  await page.getByLabel('Part of the people, in percent').fill('0')
  await saved(page)
  await expect(moveLink(otherPage)).toHaveCount(0)
  await page.locator('.toasts').getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('Taken back', { exact: true })).toBeVisible()
  await expect(moveLink(otherPage)).toBeVisible()
  await expect(page.getByRole('heading', { name: 'How the two sides do' })).toBeVisible()
  const changes = changesOf(page)
  await expect(changes.getByRole('listitem').first()).toContainText('taken back')
  await expect(changes).toContainText('It was 5 %→and became 50 %')
})

test('who else has a record open is told no more while the flag is off, and no page says that it is there', async ({
  page,
  otherPage,
}) => {
  await set('presences', '--default')
  await open(page, 'students?q=okafor')
  await studentRow(page, 'Okafor, Quinn').click()
  await page.getByRole('link', { name: 'Open page' }).click()
  await open(otherPage, 'home', ben)
  await otherPage.goto(page.url())
  await expect(otherPage.getByText(`${ann.name} has this open too.`)).toBeVisible()
  await set('presences', '--off')
  await expect(otherPage.getByText(`${ann.name} has this open too.`)).toHaveCount(0)
  const said: string[] = []
  otherPage.on('request', (request) => {
    if (request.url().includes('presences.keep')) said.push(request.url())
  })
  await otherPage.reload()
  await settled(otherPage)
  // A command takes longer than the moment after which a page says that it is there.
  await set('backfills', '--default')
  expect(said).toEqual([])
  await set('presences', '--default')
  await expect(otherPage.getByText(`${ann.name} has this open too.`)).toBeVisible()
  expect(said.length).toBeGreaterThan(0)
})

test('of two owners who change a flag, the second is told, sees the change and may save again', async ({
  page,
  otherPage,
}) => {
  await set('presences', '--default')
  for (const one of [page, otherPage]) await open(one, 'system/flags/presences')
  await otherPage.getByLabel('On for some').check()
  await page.getByLabel('Off for everybody, at once').check()
  await saved(page)
  await expect(seen(otherPage)).toContainText('Off for everybody')
  await save(otherPage).click()
  await expect(otherPage.getByText('Somebody else changed this flag meanwhile')).toBeVisible()
  await saved(otherPage)
  await page.getByRole('button', { name: 'Take back' }).click()
  await expect(page.getByLabel('Off for everybody, at once')).toBeChecked()
})

test('an administrator who does not own the register reads, and changes nothing; on a phone, too', async ({
  page,
  otherPage,
}) => {
  await open(page, 'home')
  const members = await ask<{ id: string; version: number; email: string }[]>(page, site.url, 'members.list', {})
  const { id, version } = members.find(({ email }) => email === vic.email) ?? { id: '', version: 0 }
  await ask(page, site.url, 'members.update', { id, version, role: 'administrator' })
  await otherPage.setViewportSize({ width: 390, height: 844 })
  await open(otherPage, 'system/flags', vic)
  await expect(otherPage.getByText('Only owners of the register change flags')).toBeVisible()
  await checkAccess(otherPage, 'flags on a phone')
  await otherPage.getByRole('link', { name: 'Who else has a record open' }).click()
  await expect(seen(otherPage)).toBeVisible()
  await expect(save(otherPage)).toHaveCount(0)
  await expect(otherPage.getByRole('heading', { name: 'Changes' })).toHaveCount(0)
  const isWide = () => otherPage.evaluate(() => document.documentElement.scrollWidth > innerWidth)
  expect(await isWide()).toBe(false)
})
