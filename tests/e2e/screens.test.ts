/** What no screen does: scroll away, jump while it loads, offer what its person may not do, or shout at a wrong address. */
import type { Page } from '@playwright/test'
import { walked } from '../thorough.ts'
import { checkAccessInFull } from './check-access.ts'
import { ann, ben, ida, vic } from './people.ts'
import { settled, watchRequests } from './settled.ts'
import { ask, expect, ownSite, refusals, signIn, test } from './test.ts'

const site = ownSite()
const open = (page: Page, path: string) => page.goto(`${site.url}/northgate/${path}`)

async function idOf(page: Page, search: string): Promise<string> {
  const { rows } = await ask<{ rows: { id: string }[] }>(page, site.url, 'students.list', { search })
  return rows[0]?.id ?? ''
}

/** How far the document itself can be scrolled, below the frame that holds every page. */
const beyond = (page: Page) => page.evaluate(() => document.documentElement.scrollHeight - innerHeight)

/** Changes enough for a history that is longer than the screen. */
async function changeOften(page: Page, id: string): Promise<void> {
  for (let version = 1; version <= 30; version++)
    await ask(page, site.url, 'students.update', { id, version, gradeLevel: version % 2 ? '09' : '10' })
}

for (const [name, viewport] of [
  ['a desk', { width: 1440, height: 900 }],
  ['a phone', { width: 390, height: 844 }],
] as const)
  test(`however long a history is, the page scrolls in its frame and the frame stays, on ${name} @full`, async ({
    page,
  }) => {
    await page.setViewportSize(viewport)
    await signIn(page.context(), site.url, ann)
    const id = await idOf(page, name === 'a desk' ? 'petrov' : 'ueda')
    await changeOften(page, id)
    for (const path of [`students/${id}#history`, 'history']) {
      await open(page, path)
      const told = page.getByRole('list', { name: 'What happened, the newest first' })
      await expect(told.locator('> li').nth(20)).toBeVisible()
      expect(await beyond(page), path).toBe(0)
      await told.locator('> li').last().scrollIntoViewIfNeeded()
      expect(await page.evaluate(() => document.documentElement.scrollTop)).toBe(0)
      await expect(page.getByRole('banner')).toBeInViewport()
    }
  })

interface Shift extends PerformanceEntry {
  value: number
  hadRecentInput: boolean
  sources: { node: Node | null }[]
}
/** How much of the page jumped while it loaded, as browsers measure it (CLS), and what did. */
async function shiftOf(page: Page): Promise<{ sum: number; what: string[] }> {
  return page.evaluate(() => {
    const { shifts } = window as unknown as { shifts: Shift[] }
    const what = shifts.flatMap(({ value, sources }) =>
      sources.map(({ node }) => {
        const element = node instanceof Element ? node : node?.parentElement
        return `${value.toFixed(4)} ${element?.outerHTML.slice(0, 90)}`
      }),
    )
    return { sum: shifts.reduce((sum, { value }) => sum + value, 0), what }
  })
}
/** Each answer comes after a while of its own, as it does over a real line. */
async function watchShifts(page: Page): Promise<void> {
  watchRequests(page)
  await page.addInitScript(() => {
    const shifts: Shift[] = []
    Object.assign(window, { shifts })
    new PerformanceObserver((list) => shifts.push(...(list.getEntries() as Shift[]))).observe({
      type: 'layout-shift',
      buffered: true,
    })
  })
  let asked = 0
  await page.route(/\/trpc\/(?!live|presences)/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, (asked++ % 4) * 120))
    await route.continue()
  })
}

for (const viewport of [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
])
  test(`a student’s page does not jump while it loads, ${viewport.width} wide @full`, async ({ page }) => {
    await page.setViewportSize(viewport)
    await signIn(page.context(), site.url, ann)
    const studentId = await idOf(page, 'abara')
    await ask(page, site.url, 'studentAlerts.create', { studentId, kind: 'medical', text: 'Peanuts' })
    await watchShifts(page)
    await open(page, `students/${studentId}`)
    await expect(page.getByText('Peanuts').first()).toBeVisible()
    await settled(page)
    const { sum, what } = await shiftOf(page)
    expect(sum, what.join('\n')).toBeLessThan(0.05)
  })

test.describe('by its address', () => {
  test.use({ expectedErrors: refusals })
  const refused = (page: Page) => page.getByRole('heading', { name: 'This page is not for your role' })
  const kinds = ['guardians', 'instructors', 'terms', 'courses', 'rooms', 'departments', 'programs']
  const forms = ['students', 'classes', ...walked(['rooms'], kinds)]

  test('nobody finds a form or a list that is not for their role, and all say so alike', async ({ page }) => {
    await signIn(page.context(), site.url, vic)
    const id = await idOf(page, 'bianchi')
    const own = ['members', 'members/new', 'system', 'students/duplicates', `students/${id}/edit`, 'guardians']
    for (const path of [...own, ...forms.flatMap((kind) => [`${kind}/new`, `${kind}/paste`])]) {
      await open(page, path)
      await expect(refused(page), path).toBeVisible()
      await expect(page.getByRole('button', { name: /^(Add|Invite|Save)/ })).toHaveCount(0)
      await expect(page.getByRole('link', { name: /^(Add|Invite)/ })).toHaveCount(0)
      await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
    }
    await checkAccessInFull(page, 'a page for other roles')
    await page.context().clearCookies()
    await signIn(page.context(), site.url, ida)
    await open(page, 'history')
    await expect(refused(page)).toBeVisible()
    await page.context().clearCookies()
    await signIn(page.context(), site.url, ben)
    await open(page, 'students/new')
    await expect(page.getByRole('button', { name: 'Add student' })).toBeVisible()
    await open(page, 'members')
    await expect(refused(page)).toBeVisible()
  })

  test('an id that is none, or nobody’s, is said to be nothing, calmly', async ({ page }) => {
    await signIn(page.context(), site.url, ann)
    const ids = ['nope', '01900000-0000-7000-8000-000000000000']
    const pages = ['students/ID', 'students/ID/edit', 'classes/ID', 'classes/ID/edit', 'classes/ID/meetings']
    const records = forms.slice(2).flatMap((kind) => [`${kind}/ID`, `${kind}/ID/edit`])
    for (const path of [
      ...pages,
      'classes/ID/print',
      'members/ID',
      `students/ID/merge/${await idOf(page, 'bianchi')}`,
      ...records,
    ])
      for (const id of ids) {
        await open(page, path.replaceAll('ID', id))
        await expect(
          page.getByRole('heading', { name: 'There is nothing at this address' }),
          `${path} ${id}`,
        ).toBeVisible()
        await expect(page.getByText('marked fields')).toHaveCount(0)
      }
    await checkAccessInFull(page, 'an address of nothing')
    await open(page, 'timetable?of=class&id=nope')
    await expect(page.getByRole('heading', { name: 'Master timetable' })).toBeVisible()
  })
})
