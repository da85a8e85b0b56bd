/** Nothing that was typed is lost: not to a session's end, not to a reload, a deploy, or somebody else at the same desk. */
import type { Page } from '@playwright/test'
import { freePort } from '../setup/postgres.ts'
import { checkAccessInFull } from './check-access.ts'
import { ann, ben, password } from './people.ts'
import { settled, watchRequests } from './settled.ts'
import { ask, expect, ownSite, refusals, signIn, startBuilt, startSite, test, versions } from './test.ts'

const site = ownSite()
test.beforeEach(async ({ page }) => {
  await signIn(page.context(), site.url, ann)
  // Asked every few seconds, it would learn of a session's end before what the test does next.
  await page.route('**/trpc/presences.*', (route) => route.fulfill({ json: { result: { data: [] } } }))
  watchRequests(page)
})
test.use({ expectedErrors: refusals })

const open = (page: Page, path: string) => page.goto(`${site.url}/northgate/${path}`)
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Sign in to go on' })
const isBack = (page: Page) => page.getByText('What you typed here before is back.')

async function givePassword(page: Page, secret = password) {
  await dialog(page).getByRole('textbox', { name: 'Password' }).fill(secret)
  await dialog(page).getByRole('button', { name: 'Sign in', exact: true }).click()
}
/** The keys under which a procedure is called from now on. */
function keysOf(page: Page, procedure: string): string[] {
  const keys: string[] = []
  page.on('request', (request) => {
    if (request.url().endsWith(`/trpc/${procedure}`)) keys.push(request.headers()['idempotency-key'] ?? '')
  })
  return keys
}
/** What of a text lies in the tab's storage; an address may say it too. */
const kept = (page: Page, text: string) =>
  page.evaluate(
    (word) => Object.values({ ...sessionStorage, ...localStorage }).filter((one) => one.includes(word)),
    text,
  )

/** Uses up what one person may write within a minute. */
async function writeTooMuch(page: Page, url: string, atMost: number): Promise<void> {
  for (let n = 0; n < atMost; n++) await ask(page, url, 'rooms.create', { name: `Room ${n}` })
}

async function idOf(page: Page, procedure: 'students.list' | 'classes.list', search: string): Promise<string> {
  const { rows } = await ask<{ rows: { id: string }[] }>(page, site.url, procedure, { search })
  return rows[0]?.id ?? ''
}

test.describe('while one server follows another', () => {
  test.use({ expectedErrors: [/the server responded with a status of 4\d\d|net::ERR_CONNECTION_/] })

  test('whoever changes too much within a minute is told so, and loses nothing that was typed @full', async ({
    page,
  }) => {
    const port = String(await freePort())
    const strict = await startSite('small', { PORT: port, WRITES_PER_MINUTE: '60' })
    let later: Awaited<ReturnType<typeof startBuilt>> | undefined
    try {
      await signIn(page.context(), strict.url, ann)
      await page.goto(`${strict.url}/northgate/students/new`)
      await page.getByLabel('Given name').fill('Odile')
      await page.getByLabel('Family name').fill('Toofast')
      await writeTooMuch(page, strict.url, 60)
      await page.getByRole('button', { name: 'Add student' }).click()
      await expect(page.getByRole('alert')).toContainText('You made too many changes within a minute')
      await checkAccessInFull(page, 'too many changes')
      await expect(page.getByLabel('Family name')).toHaveValue('Toofast')
      await page.reload()
      await expect(isBack(page)).toBeVisible()
      await expect(page.getByLabel('Family name')).toHaveValue('Toofast')
      // A server that takes more stands for the minute later.
      await strict.stop()
      later = await startBuilt({ DATABASE_URL: strict.databaseUrl, PORT: port })
      await page.getByRole('button', { name: 'Add student' }).click()
      await expect(page.getByRole('heading', { name: 'Odile Toofast' })).toBeVisible()
    } finally {
      await later?.stop()
      await strict.done()
    }
  })
})

test('a session that ends in the middle of a form costs one password and no typing', async ({ page }) => {
  const keys = keysOf(page, 'students.create')
  await open(page, 'students/new')
  await page.getByLabel('Given name').fill('Odile')
  await page.getByLabel('Family name').fill('Endsession')
  await settled(page)
  await page.context().clearCookies()
  await page.getByRole('button', { name: 'Add student' }).click()
  await givePassword(page, 'not the password')
  await expect(dialog(page).getByRole('alert')).toContainText('The email address or the password is not right')
  await checkAccessInFull(page, 'signing in again')
  await givePassword(page)
  await expect(page.getByRole('heading', { name: 'Odile Endsession' })).toBeVisible()
  expect(keys).toHaveLength(2)
  expect(keys[0]).toBe(keys[1])
  expect(await kept(page, 'Endsession')).toEqual([])
  await open(page, 'students?q=endsession')
  await expect(page.getByText('1 matching')).toBeVisible()
})

test('so it is over a panel, which no Escape closes below it, and with thirty pasted rows @full', async ({ page }) => {
  await open(page, `classes/${await idOf(page, 'classes.list', 'chemistry')}`)
  await page.getByRole('button', { name: 'Enroll students' }).click()
  const panel = page.getByRole('dialog', { name: /Chemistry 11A/ })
  await panel.getByRole('combobox').fill('petrov')
  await panel.getByRole('option', { name: /Petrov, Rosa/ }).click()
  const chosen = panel.getByRole('list').getByText('Petrov, Rosa')
  await expect(chosen).toBeVisible()
  await settled(page)
  await page.context().clearCookies()
  await panel.getByRole('button', { name: 'Enroll one student' }).click()
  await expect(dialog(page).getByRole('textbox', { name: 'Password' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(chosen).toBeHidden()
  await givePassword(page)
  await expect(panel).toBeHidden()
  await expect(page.getByRole('row', { name: /Petrov, Rosa/ })).toBeVisible()

  const keys = keysOf(page, 'rooms.createMany')
  await open(page, 'rooms/paste')
  const lines = Array.from({ length: 30 }, (_, n) => `Pavilion ${n}\t${n + 10}`)
  await page.getByLabel('Rows from your spreadsheet').fill(['Name\tSeats', ...lines].join('\n'))
  await page.getByRole('button', { name: 'Check the rows' }).click()
  await page.getByLabel('Seats, row 2', { exact: true }).fill('99')
  await page.reload()
  await expect(isBack(page)).toBeVisible()
  await settled(page)
  await page.context().clearCookies()
  await page.getByRole('button', { name: 'Add 30 rooms' }).click()
  await givePassword(page)
  await expect(page.getByText('Added 30 rooms')).toBeVisible()
  expect(keys).toHaveLength(2)
  expect(keys[0]).toBe(keys[1])
  const rooms = await ask<{ name: string; seats: number }[]>(page, site.url, 'rooms.list', {})
  expect(rooms.find(({ name }) => name === 'Pavilion 1')?.seats).toBe(99)
})

test('whoever signs in beside it neither saves nor sees what was typed; its own person goes on @full', async ({
  page,
}) => {
  await open(page, 'rooms/new')
  await page.getByLabel('Name').fill('Ann’s attic')
  // The page may be covered already: then the button hears nothing.
  const save = () => page.locator('button[type=submit]', { hasText: 'Add room' }).dispatchEvent('click')
  // Another tab of this browser.
  await signIn(page.context(), site.url, ben)
  await save()
  await expect(dialog(page)).toContainText('Ann Lee')
  expect(await ask<{ name: string }[]>(page, site.url, 'rooms.list', {})).not.toContainEqual(
    expect.objectContaining({ name: 'Ann’s attic' }),
  )
  await dialog(page).getByRole('button', { name: 'Sign in as somebody else' }).click()
  await page.getByLabel('Email').fill(ben.email)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveURL(`${site.url}/northgate/rooms/new`)
  await expect(page.getByLabel('Name')).toHaveValue('')
  await expect(isBack(page)).toHaveCount(0)

  await signIn(page.context(), site.url, ann)
  await page.reload()
  await expect(isBack(page)).toBeVisible()
  await page.context().clearCookies()
  await save()
  await expect(dialog(page)).toBeVisible()
  // Ann signs in in another tab, and comes back to this one.
  await signIn(page.context(), site.url, ann)
  await page.evaluate(() => window.dispatchEvent(new Event('focus')))
  await expect(page.getByRole('heading', { name: 'Ann’s attic' })).toBeVisible()
  await expect(dialog(page)).toBeHidden()
})

test('what was typed is back after a reload, over what others saved meanwhile', async ({ page }) => {
  const id = await idOf(page, 'students.list', 'okafor')
  await open(page, `students/${id}/edit`)
  await page.getByLabel('Preferred name').fill('Quinny')
  await page.getByLabel('Family name').fill('Okafor-Lund')
  await ask(page, site.url, 'students.update', { id, version: 1, familyName: 'Okafor-Berg', givenName: 'Quincy' })
  await page.reload()
  await expect(isBack(page)).toBeVisible()
  await expect(page.getByText('Somebody else saved a change meanwhile')).toBeVisible()
  await expect(page.getByLabel('Given name')).toHaveValue('Quincy')
  await expect(page.getByLabel('Preferred name')).toHaveValue('Quinny')
  await checkAccessInFull(page, 'a draft')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByRole('row', { name: 'Family name Okafor Okafor-Berg Okafor-Lund' })).toBeVisible()
  await page.getByRole('button', { name: 'Keep mine and save' }).click()
  await expect(page.getByRole('heading', { name: 'Quincy Okafor-Lund', exact: true })).toBeVisible()
  expect(await kept(page, 'Quinny')).toEqual([])

  const chemistry = await idOf(page, 'classes.list', 'chemistry')
  await open(page, `classes/${chemistry}/meetings`)
  await page.getByRole('button', { name: 'Add a time' }).click()
  const row = page.getByRole('group', { name: 'Meeting 1' })
  await row.getByRole('button', { name: 'No day' }).click()
  await row.getByLabel('Friday').check()
  await row.getByLabel('Begins').fill('13:10')
  await row.getByLabel('Ends').fill('quarter to')
  await page.getByLabel('Last day').fill('')
  await page.reload()
  await expect(isBack(page)).toBeVisible()
  await expect(row.getByLabel('Friday')).toBeChecked()
  await expect(row.getByLabel('Begins')).toHaveValue('13:10')
  await expect(row.getByLabel('Ends')).toHaveValue('quarter to')
  // Asked a moment after the last key, it would learn of the session's end before the button does.
  const conflicts = page.waitForResponse('**/trpc/meetings.conflicts*')
  await row.getByLabel('Ends').fill('13:50')
  await conflicts
  await settled(page)
  await page.context().clearCookies()
  await page.getByRole('button', { name: 'Save meetings' }).click()
  await givePassword(page)
  await expect(page.getByText('Saved the meetings of Chemistry 11A')).toBeVisible()
  await expect(page.getByRole('main')).toContainText('Friday, 13:10–13:50')
  expect(await kept(page, '13:10')).toEqual([])
})

test('what was typed is gone once it is started over, left or signed out of @full', async ({ page }) => {
  await open(page, 'students/new')
  await page.getByLabel('Family name').fill('Startedover')
  await page.reload()
  await page.getByRole('button', { name: 'Start over' }).click()
  await expect(page.getByLabel('Family name')).toHaveValue('')
  await expect(page.getByLabel('Given name')).toBeFocused()
  await expect(isBack(page)).toHaveCount(0)
  await page.getByLabel('Family name').fill('Leftbehind')
  await expect.poll(() => kept(page, 'Leftbehind')).toHaveLength(1)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Leave without saving' }).click()
  await expect(page.getByRole('heading', { name: 'Students' })).toBeVisible()
  expect(await kept(page, 'Leftbehind')).toEqual([])

  await open(page, 'students/new')
  await page.getByLabel('Family name').fill('Signedout')
  await expect.poll(() => kept(page, 'Signedout')).toHaveLength(1)
  await open(page, 'students')
  await page.getByRole('button', { name: 'Account of Ann Lee' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  expect(await kept(page, 'Signedout')).toEqual([])
})

test.describe('after a deploy', () => {
  test.use({ expectedErrors: [/status of 404|net::ERR_FAILED|Not to be had|dynamically imported module/] })
  // An answer may still be on its way when the last expectation holds.
  test.afterEach(({ page }) => page.unrouteAll({ behavior: 'wait' }))

  /** The server's answers name another version than the page's. */
  async function deploy(page: Page): Promise<void> {
    await page.route('**/trpc/**', async (route) => {
      if (route.request().url().includes('/trpc/live.')) return route.abort()
      const answer = await route.fetch()
      await route.fulfill({ response: answer, headers: { ...answer.headers(), 'x-app-version': versions.newer } })
    })
  }
  /** These files are gone, until the page has been loaded again as often as that. */
  async function lose(page: Page, files: string, loads = 1): Promise<void> {
    let left = loads
    page.on('load', () => left--)
    await page.route(files, (route) => (left > 0 ? route.fulfill({ status: 404, body: 'gone' }) : route.fallback()))
  }

  test('reloading for the new version brings the form back as it was @full', async ({ page }) => {
    await deploy(page)
    await open(page, 'students/new')
    await page.getByLabel('Family name').fill('Redeployed')
    await page.getByLabel('Street').first().fill('1 Oak Lane')
    await page.getByRole('button', { name: 'Reload' }).click()
    await expect(isBack(page)).toBeVisible()
    await expect(page.getByLabel('Family name')).toHaveValue('Redeployed')
    await expect(page.getByLabel('Street').first()).toHaveValue('1 Oak Lane')
    await expect(page).toHaveURL(`${site.url}/northgate/students/new`)
  })

  test('a click whose part of the page is gone fetches the new version once, and leads where it was meant to @full', async ({
    page,
  }) => {
    const id = await idOf(page, 'students.list', 'rahman')
    await open(page, `students/${id}`)
    await lose(page, '**/assets/edit-student-page*')
    await page.getByRole('link', { name: 'Edit' }).click()
    await page.getByLabel('Preferred name').fill('Tom')
    await expect(page).toHaveURL(/\/edit$/)

    await page.evaluate(() => sessionStorage.removeItem('homeroom.renewed'))
    await lose(page, '**/assets/person-items*')
    await page.getByRole('button', { name: 'Account of Ann Lee' }).click()
    await expect(isBack(page)).toBeVisible()
    await expect(page.getByLabel('Preferred name')).toHaveValue('Tom')

    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Leave without saving' }).click()
    await lose(page, '**/assets/students-page*', 5)
    await open(page, 'rooms')
    await page.getByRole('navigation').getByRole('link', { name: 'Students' }).click()
    await expect(page.getByRole('heading', { name: 'This page cannot be shown' })).toBeVisible()
  })
})
