import type { Page } from '@playwright/test'
import { checkAccessInFull as check, checkAccess } from './check-access.ts'
import { term } from './days.ts'
import { ann, ida, vic } from './people.ts'
import { ask, expect, ownSite, signIn, test } from './test.ts'

const own = ownSite()
const at = (path: string) => `${own.url}/northgate/${path}`

/** New students of one family name, by id. */
async function addStudents(page: Page, familyName: string, count: number) {
  const items = Array.from({ length: count }, (_, n) => ({ givenName: `N${n}`, familyName, gradeLevel: '09' }))
  const { outcomes } = await ask<{ outcomes: { id: string }[] }>(page, own.url, 'students.createMany', { items })
  return outcomes.map(({ id }) => id)
}

test('an instructor reads how many joined a class and how many left, not each of them', async ({ page, otherPage }) => {
  await signIn(page.context(), own.url, ann)
  await page.goto(at('classes'))
  const biology = await page.getByRole('link', { name: 'Biology 10B' }).getAttribute('href')
  const classId = biology?.split('/').at(-1) ?? ''
  await ask(page, own.url, 'classes.update', { id: classId, version: 1, capacity: 30 })
  const studentIds = await addStudents(page, 'Joiner', 12)
  await ask(page, own.url, 'classes.enroll', { classId, studentIds, beginDate: '2024-09-02' })

  await signIn(otherPage.context(), own.url, ida)
  await otherPage.goto(at('home'))
  const news = otherPage.getByRole('list', { name: 'Your rosters since yesterday' })
  await expect(news.getByRole('listitem')).toHaveText(['12 students joined Biology 10B'])
  await check(otherPage, 'news of an instructor')
  await news.getByRole('link', { name: 'Biology 10B' }).click()
  await expect(otherPage.getByRole('link', { name: 'Joiner, N11' })).toBeVisible()
})

const matching = (page: Page) => page.getByRole('status').filter({ hasText: 'matching' })
const grades = (page: Page) => page.getByRole('list', { name: 'Students by grade' })
const week = (page: Page) => page.getByRole('list', { name: 'Changes day by day' })
const seats = (page: Page) => page.getByRole('table').filter({ hasText: 'All classes' })
const numberIn = (text: string | null) => Number(/: ([\d,]+)/.exec(text ?? '')?.[1]?.replace(',', ''))

interface Shift extends PerformanceEntry {
  value: number
}
const watchShifts = (page: Page) =>
  page.addInitScript(() => {
    Object.assign(window, { shifted: 0 })
    new PerformanceObserver((list) => {
      for (const { value } of list.getEntries() as Shift[]) (window as unknown as { shifted: number }).shifted += value
    }).observe({ type: 'layout-shift', buffered: true })
  })
const shifted = (page: Page) => page.evaluate(() => (window as unknown as { shifted: number }).shifted)

/** Opens the link, compares what it says with the list it leads to, and comes back. */
async function leadsToAsMany(page: Page, link: ReturnType<Page['getByRole']>, listed: () => Promise<number>) {
  const count = numberIn((await link.getAttribute('aria-label')) ?? (await link.textContent()))
  expect(count).toBeGreaterThan(0)
  await link.click()
  await expect.poll(listed).toBe(count)
  await page.goBack()
}

test('each figure of Home leads to exactly what it counts', async ({ page }) => {
  await signIn(page.context(), own.url, ann)
  await addStudents(page, 'Figure', 3)
  await watchShifts(page)
  await page.goto(at('home'))
  await expect(grades(page).getByRole('link', { name: /^Grade 9: \d+ students?$/ })).toBeVisible()
  await expect(week(page).getByRole('listitem')).toHaveCount(7)
  await expect(seats(page).getByRole('row')).not.toHaveCount(0)
  expect(await shifted(page)).toBeLessThan(0.01)
  await checkAccess(page, 'figures of Home')

  const rows = async () => numberIn(`: ${await matching(page).textContent()}`)
  await leadsToAsMany(page, grades(page).getByRole('link', { name: /^Grade 9:/ }), rows)
  await leadsToAsMany(page, grades(page).getByRole('link', { name: /^No grade level:/ }), rows)
  const left = seats(page).getByRole('link', { name: /^All classes: \d+ with seats left$/ })
  await leadsToAsMany(page, left, rows)
  const full = seats(page).getByRole('link', { name: /^All classes: \d+ full$/ })
  await expect(left).toBeVisible()
  const fullBefore = (await full.count()) ? numberIn((await full.getAttribute('aria-label')) ?? '') : 0
  const termId = new URL((await left.getAttribute('href')) ?? '', own.url).searchParams.get('term')
  await ask(page, own.url, 'classes.create', { title: 'Full for ever', capacity: 0, academicSessionIds: [termId] })
  await expect(full).toHaveAccessibleName(`All classes: ${fullBefore + 1} full`)
  await leadsToAsMany(page, full, rows)
  const operations = page.getByRole('list', { name: 'What happened, the newest first' }).locator('> li')
  await leadsToAsMany(page, week(page).getByRole('link').last(), () => operations.count())
})

test('an hour of today leads to its classes in the master timetable, and from there to all times', async ({ page }) => {
  await signIn(page.context(), own.url, ann)
  const meet = async (title: string, startTime: string, endTime: string) => {
    const { id } = await ask(page, own.url, 'classes.create', { title })
    // On whichever day this runs.
    const meetings = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, startTime, endTime }))
    const from = term.startDate
    await ask(page, own.url, 'meetings.update', { classId: id, meetings, seen: [], from, to: null })
  }
  await meet('Early', '08:00', '08:50')
  await meet('Early too', '08:00', '08:50')
  await meet('Late', '14:00', '14:50')
  await page.goto(at('home'))
  const hours = page.getByRole('list', { name: 'Hours' })
  await expect(hours.getByRole('listitem')).toHaveCount(2)
  await checkAccess(page, 'hours of today')
  await hours.getByRole('link', { name: /: 2 classes$/ }).click()
  const blocks = page.locator('.master-block')
  await expect(blocks).toHaveText([/Early/, /Early too/])
  await page.getByRole('button', { name: 'Show all times' }).click()
  await expect(blocks).toHaveCount(3)
  await expect(page).not.toHaveURL(/at=/)
  await page.goBack()
  await expect(hours).toBeVisible()
})

test('a viewer looks at figures, an instructor has none, and an empty school keeps its first steps @full', async ({
  page,
  otherPage,
}) => {
  await signIn(page.context(), own.url, vic)
  await page.goto(at('home'))
  await expect(grades(page)).toBeVisible()
  await expect(week(page)).toBeVisible()
  await expect(seats(page)).toBeVisible()
  await checkAccess(page, 'figures of a viewer')
  await signIn(otherPage.context(), own.url, ida)
  await otherPage.goto(at('home'))
  await expect(otherPage.getByRole('heading', { name: 'Your classes today' })).toBeVisible()
  await expect(grades(otherPage)).toHaveCount(0)
  await signIn(otherPage.context(), own.url, ann)
  await otherPage.goto(`${own.url}/southfield/home`)
  await expect(otherPage.getByRole('heading', { name: 'Begin here' })).toBeVisible()
  await expect(grades(otherPage)).toHaveCount(0)
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  test('figures fit, and each can be tapped @full', async ({ page }) => {
    await signIn(page.context(), own.url, ann)
    await watchShifts(page)
    await page.goto(at('home'))
    await expect(grades(page)).toBeVisible()
    expect(await shifted(page)).toBeLessThan(0.01)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    await checkAccess(page, 'figures on a phone')
    await grades(page)
      .getByRole('link', { name: /^Grade 9:/ })
      .tap()
    await expect(matching(page)).toBeVisible()
  })
})
