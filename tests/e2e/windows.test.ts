/** Many windows of one browser: over HTTP/1.1 it opens six connections to a host, and each stream would hold one. */
import type { BrowserContext, Page, Request } from '@playwright/test'
import { freePort } from '../setup/postgres.ts'
import { ann, password } from './people.ts'
import type { Site } from './test.ts'
import { ask, expect, refusals, signIn, startSite, studentRow, test } from './test.ts'

const many = 8
test.use({ expectedErrors: refusals })

let site: Site
let metrics = ''
test.beforeAll(async () => {
  const port = String(await freePort())
  site = await startSite('small', { METRICS_PORT: port })
  metrics = `http://127.0.0.1:${port}/metrics`
})
test.afterAll(() => site.done())

/** Those that the server holds. */
async function streams(): Promise<number> {
  const text = await (await fetch(metrics)).text()
  return Number(/^homeroom_subscriptions\S* (\d+)$/m.exec(text)?.[1])
}

/** Pages whose stream is open, of those that opened one. */
function watchLeaders(context: BrowserContext): Set<Page> {
  const leaders = new Set<Page>()
  const isStream = (url: string) => url.includes('/trpc/live.changes')
  const ended = (request: Request) => void (isStream(request.url()) && leaders.delete(request.frame().page()))
  context.on('request', (request) => void (isStream(request.url()) && leaders.add(request.frame().page())))
  context.on('requestfailed', ended)
  context.on('requestfinished', ended)
  // What a closed page had under way is not told.
  context.on('page', (page) => void page.on('close', () => leaders.delete(page)))
  return leaders
}

async function openWindows(context: BrowserContext, paths: readonly string[]): Promise<Page[]> {
  const pages: Page[] = []
  for (const path of paths) {
    const page = await context.newPage()
    await page.goto(`${site.url}${path}`)
    await expect(page.getByText('Connected')).toBeVisible()
    pages.push(page)
  }
  return pages
}

test('the eighth window of a browser loads, works and hears of changes, over one stream, whoever closes @full', async ({
  browser,
  page: elsewhere,
}) => {
  const context = await browser.newContext()
  await signIn(context, site.url, ann)
  await signIn(elsewhere.context(), site.url, ann)
  const leaders = watchLeaders(context)
  const pages = await openWindows(context, Array(many).fill('/northgate/students?q=okafor'))
  const eighth = pages.at(-1) as Page
  await expect(studentRow(eighth, 'Okafor, Quinn')).toBeVisible()
  await expect.poll(() => leaders.size).toBe(1)
  await expect.poll(streams).toBe(1)

  await eighth.getByRole('link', { name: 'Add student' }).click()
  await eighth.getByLabel('Given name').fill('Eight')
  await eighth.getByLabel('Family name').fill('Okafor')
  await eighth.getByRole('button', { name: 'Add student' }).click()
  for (const page of pages.slice(0, -1)) await expect(studentRow(page, 'Okafor, Eight')).toBeVisible()

  for (const name of ['Second', 'Third']) {
    const [leader] = leaders
    await leader?.close()
    const left = pages.filter((page) => !page.isClosed() && page !== eighth)
    await ask(elsewhere, site.url, 'students.create', { givenName: name, familyName: 'Okafor' })
    for (const page of left) await expect(studentRow(page, `Okafor, ${name}`)).toBeVisible()
    await expect.poll(streams).toBe(1)
    expect(leaders.size).toBe(1)
    for (const page of left) await expect(page.getByText('Connected')).toBeVisible()
  }
  await context.close()
  await expect.poll(streams).toBe(0)
})

test('when the session ends, all windows are covered, and those whose person signs in again hear of changes @full', async ({
  browser,
  page: elsewhere,
}) => {
  const context = await browser.newContext()
  await signIn(context, site.url, ann)
  const leaders = watchLeaders(context)
  const pages = await openWindows(context, Array(3).fill('/northgate/rooms'))
  await expect.poll(() => leaders.size).toBe(1)
  const follower = pages.find((page) => !leaders.has(page)) as Page
  await signIn(elsewhere.context(), site.url, ann)
  await ask(elsewhere, site.url, 'session.revokeOthers', {})
  const cover = (page: Page) => page.getByRole('dialog', { name: 'Sign in to go on' })
  for (const page of pages) await expect(cover(page)).toBeVisible()

  await cover(follower).getByRole('textbox', { name: 'Password' }).fill(password)
  await cover(follower).getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(cover(follower)).toBeHidden()
  await ask(elsewhere, site.url, 'rooms.create', { name: 'Afterwards' })
  await expect(follower.getByRole('link', { name: 'Afterwards' })).toBeVisible()
  expect([...leaders]).toEqual([follower])
  await context.close()
})

test('a window that is hidden passes the stream on, and hears all it missed when it is looked at @full', async ({
  browser,
  page: elsewhere,
}) => {
  const context = await browser.newContext()
  await signIn(context, site.url, ann)
  await signIn(elsewhere.context(), site.url, ann)
  const leaders = watchLeaders(context)
  const pages = await openWindows(context, Array(2).fill('/northgate/rooms'))
  await expect.poll(() => leaders.size).toBe(1)
  const [leader] = leaders
  const other = pages.find((page) => page !== leader) as Page
  const hide = (state: 'hidden' | 'visible') =>
    leader?.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => value === 'hidden' })
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => value })
      document.dispatchEvent(new Event('visibilitychange'))
    }, state)
  await hide('hidden')
  await ask(elsewhere, site.url, 'rooms.create', { name: 'Hidden 8' })
  await expect(other.getByRole('link', { name: 'Hidden 8' })).toBeVisible()
  await expect.poll(() => [...leaders]).toEqual([other])
  await expect((leader as Page).getByRole('link', { name: 'Hidden 8' })).toBeHidden()
  await hide('visible')
  await expect((leader as Page).getByRole('link', { name: 'Hidden 8' })).toBeVisible()
  expect([...leaders]).toEqual([other])
  await context.close()
})
