import type { Browser, Page } from '@playwright/test'
import { freePort } from '../setup/postgres.ts'
import { ann, ben } from './people.ts'
import type { Site } from './test.ts'
import { ask, expect, signIn, startBuilt, startSite, studentRow, test } from './test.ts'

test.use({ expectedErrors: [/Failed to load resource: (net::|the server responded with a status of 503)/] })

/** A second and a third desk. */
async function openDesk(browser: Browser, { url }: Site, path: string, person = ann): Promise<Page> {
  const context = await browser.newContext()
  await signIn(context, url, person)
  const page = await context.newPage()
  const isListening = page.waitForResponse(/live\.changes/)
  await page.goto(`${url}/northgate/${path}`)
  await isListening
  return page
}

const edit = async (page: Page, field: string, value: string) => {
  await page.getByRole('link', { name: 'Edit' }).click()
  await page.getByLabel(field).fill(value)
}
const save = async (page: Page) => page.getByRole('button', { name: 'Save changes' }).click()

test('two desks edit one student and nothing is lost; a third sees both, and all that happened while it was cut off', async ({
  browser,
}) => {
  const port = String(await freePort())
  let site = await startSite('small', { PORT: port })
  try {
    const third = await openDesk(browser, site, 'students?q=okafor')
    const first = await openDesk(browser, site, 'students?q=okafor')
    const second = await openDesk(browser, site, 'students?q=okafor', ben)
    await studentRow(first, 'Okafor, Quinn').click()
    await studentRow(second, 'Okafor, Quinn').click()
    await edit(first, 'Preferred name', 'Quinny')
    await edit(second, 'Family name', 'Okafor-Lund')
    await expect(second.getByText('Ann Lee is editing this now.')).toBeVisible()

    await save(first)
    await expect(first.getByRole('heading', { name: 'Quinn Okafor' })).toBeVisible()
    await expect(second.getByText('Somebody else saved a change meanwhile.')).toBeVisible()
    await save(second)
    await second.getByRole('button', { name: 'Save my changes too' }).click()
    await expect(second.getByRole('heading', { name: 'Quinn Okafor-Lund' })).toBeVisible()
    // The row holds both changes.
    await expect(studentRow(third, 'Okafor-Lund, Quinn')).toBeVisible()
    await expect(first.getByRole('heading', { name: 'Quinn Okafor-Lund' })).toBeVisible()
    await expect(first.getByText('Quinny').first()).toBeVisible()

    site.child.kill('SIGKILL')
    await site.ended
    const restarted = await startBuilt({ DATABASE_URL: site.databaseUrl, PORT: port })
    site = { ...site, ...restarted }
    await ask(first, site.url, 'students.create', { givenName: 'Nova', familyName: 'Okafor' })
    await expect(studentRow(third, 'Okafor, Nova')).toBeVisible()
    await ask(first, site.url, 'students.create', { givenName: 'Remi', familyName: 'Okafor' })
    await expect(studentRow(third, 'Okafor, Remi')).toBeVisible()
  } finally {
    await site.stop()
    await site.done()
  }
})

test('a hidden tab stops listening, and knows what happened when it is looked at again @full', async ({
  browser,
  site,
}) => {
  const desk = await openDesk(browser, site, 'rooms')
  const hide = (state: 'hidden' | 'visible') =>
    desk.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => value === 'hidden' })
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => value })
      document.dispatchEvent(new Event('visibilitychange'))
    }, state)
  await hide('hidden')
  const { id } = await ask(desk, site.url, 'rooms.create', { name: 'Hidden 7' })
  await expect(desk.getByRole('link', { name: 'Hidden 7' })).toBeHidden()
  await hide('visible')
  await expect(desk.getByRole('link', { name: 'Hidden 7' })).toBeVisible()
  await ask(desk, site.url, 'rooms.archive', { id, version: 1 })
  await expect(desk.getByRole('link', { name: 'Hidden 7' })).toBeHidden()
})
