/** The calendar is laid out around the day of the tests, on all days of the week: the day may be a Sunday. */
import type { Page } from '@playwright/test'
import { checkAccess } from './check-access.ts'
import { firstDay, written } from './days.ts'
import { ann, vic } from './people.ts'
import { settled, watchRequests } from './settled.ts'
import { ask, expect, ownSite, refusals, signIn, test } from './test.ts'

const site = ownSite()

const later = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
const holiday = later(firstDay, 2)
/** As a button of the month is called: 'Tuesday 1 December 2026'. */
const dayName = (day: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`))
const dayButton = (page: Page, day: string) => page.getByRole('button', { name: dayName(day) })

test.beforeEach(async ({ page }) => {
  watchRequests(page)
  await signIn(page.context(), site.url, ann)
})

interface Week {
  meetings: { date: string | null; startTime: string }[]
}
async function biology(page: Page): Promise<string> {
  const { rows } = await ask<{ rows: { id: string; title: string }[] }>(page, site.url, 'classes.list', {})
  return rows.find(({ title }) => title === 'Biology 10B')?.id ?? ''
}
const datesOf = async (page: Page, id: string) =>
  (await ask<Week>(page, site.url, 'meetings.week', { of: 'class', id, day: holiday })).meetings.map(({ date }) => date)

test('a year is laid out by its pattern, with a holiday pasted: no class stands on it', async ({ page }) => {
  const classId = await biology(page)
  const slots = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, startTime: '09:00', endTime: '10:00' }))
  const asked = { classId, from: firstDay, to: null, meetings: slots, seen: [], overrideReason: 'Meant' }
  await ask(page, site.url, 'meetings.update', asked)
  expect(await datesOf(page, classId)).toContain(holiday)

  await page.goto(`${site.url}/northgate/calendar`)
  await expect(page.getByText('No year is laid out yet')).toBeVisible()
  await checkAccess(page, 'calendar before its first year')
  await page.getByRole('link', { name: 'Lay out a year' }).click()
  await page.getByLabel('First day').fill(written(later(firstDay, -7)))
  await page.getByLabel('Last day').fill(written(later(firstDay, 40)))
  for (const day of ['Saturday', 'Sunday']) await page.getByLabel(day).check()
  await page.getByLabel('Days in the cycle').fill('4')
  await page.getByLabel('Holidays and other closed days').fill(`${written(holiday)} Thanksgiving\nnobody’s day`)
  await expect(page.getByText('1 closed time found')).toBeVisible()
  await expect(page.getByText('No date found in “nobody’s day”')).toBeVisible()
  await checkAccess(page, 'laying out a year')
  await page.getByRole('button', { name: 'Lay out the year' }).click()
  await expect(page.getByText('The year is laid out')).toBeVisible()
  await page.goto(`${site.url}/northgate/calendar?day=${holiday}`)
  await expect(dayButton(page, holiday)).toContainText('Holiday · Thanksgiving')
  await checkAccess(page, 'calendar with a closed day')
  expect(await datesOf(page, classId)).not.toContain(holiday)
  await page.goto(`${site.url}/northgate/timetable?of=class&id=${classId}&week=${holiday}`)
  await expect(page.getByText('Holiday · Thanksgiving')).toBeVisible()
})

test('on a closed day home says why no class meets, and history names the day and what it became @full', async ({
  page,
}) => {
  const change = { from: firstDay, to: firstDay, kind: 'holiday', note: 'Founders’ Day' }
  const { days } = await ask<{ days: { id: string; version: number }[] }>(page, site.url, 'calendars.days', {
    from: firstDay,
    to: firstDay,
  })
  await ask(page, site.url, 'calendars.changeDays', {
    ...change,
    seen: days.map(({ id, version }) => ({ id, version })),
  })
  await page.goto(`${site.url}/northgate/home`)
  await expect(page.getByText('Holiday · Founders’ Day').first()).toBeVisible()
  await page.goto(`${site.url}/northgate/history`)
  await settled(page)
  const told = page
    .getByRole('listitem')
    .filter({ hasText: `Calendar on ${written(firstDay)}` })
    .first()
  await expect(told).toContainText('is now Holiday')
  await page.getByRole('button', { name: 'Undo this change' }).first().click()
  await expect(page.getByText('The change is taken back')).toBeVisible()
})

/** It may lie in the next month, which the page does not show. */
const next = later(firstDay, 1)
async function cycleDayOf(page: Page, day: string): Promise<number | null | undefined> {
  const asked = { from: day, to: day }
  const { days } = await ask<{ days: { cycleDay: number | null }[] }>(page, site.url, 'calendars.days', asked)
  return days[0]?.cycleDay
}

test('a snow day is three clicks from anywhere, shifts the days to come, and Undo takes it back', async ({ page }) => {
  await page.goto(`${site.url}/northgate/home`)
  const day = dayButton(page, firstDay)
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Calendar' }).click()
  await expect(day).toContainText('Day 4')
  await expect.poll(() => cycleDayOf(page, next)).toBe(1)
  await page.getByRole('button', { name: 'Closed: weather', exact: true }).click()
  await page.getByRole('button', { name: 'Shift the days to come' }).click()
  await expect(day).toContainText('Closed: weather')
  await expect.poll(() => cycleDayOf(page, next)).toBe(4)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(day).toContainText('Day 4')
  await expect.poll(() => cycleDayOf(page, next)).toBe(1)
})

test('the keys go through the days, and change the chosen one', async ({ page }) => {
  const chosen = later(firstDay, 8)
  await page.goto(`${site.url}/northgate/calendar?day=${later(firstDay, 1)}`)
  await settled(page)
  await dayButton(page, later(firstDay, 1)).focus()
  await page.keyboard.press('ArrowDown')
  await expect(dayButton(page, chosen)).toBeFocused()
  await expect(page.getByRole('heading', { name: dayName(chosen) })).toBeVisible()
  await page.keyboard.press('PageDown')
  await expect(page.locator('[data-day]:focus')).toBeVisible()
  await page.keyboard.press('PageUp')
  await expect(page.locator('[data-day]:focus')).toBeVisible()
})

test('bells are set in one table, a class meets in a period, and a two-hour delay moves it', async ({ page }) => {
  await page.goto(`${site.url}/northgate/calendar/bells`)
  await page.getByRole('button', { name: 'Add a period' }).click()
  await page.getByLabel('Usual day, 1 begins').fill('8')
  await page.getByLabel('Usual day, 1 ends').fill('8.45')
  await page.getByRole('button', { name: 'Add a bell schedule' }).click()
  await page.getByLabel('Name of bell schedule 2').fill('Two-hour delay')
  await page.getByLabel('Two-hour delay, 1 begins').fill('10:00')
  await page.getByLabel('Two-hour delay, 1 ends').fill('10:50')
  await checkAccess(page, 'periods and bells')
  await page.getByRole('link', { name: 'Back to the calendar' }).click()
  await page.getByRole('button', { name: 'Keep editing' }).click()
  await page.getByRole('button', { name: 'Save periods and bells' }).click()
  await expect(page.getByText('The periods and bells are saved')).toBeVisible()

  const { rows } = await ask<{ rows: { id: string; title: string }[] }>(page, site.url, 'classes.list', {})
  const chemistry = rows.find(({ title }) => title === 'Chemistry 11A')?.id ?? ''
  await page.goto(`${site.url}/northgate/classes/${chemistry}/meetings`)
  await page.getByRole('button', { name: 'Add a time' }).click()
  const row = page.getByRole('group', { name: 'Meeting 1' })
  for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'])
    await row.getByLabel(day).check()
  await row.getByLabel('Period').selectOption('1')
  await expect(row).toContainText('08:00–08:45')
  await page.getByLabel('Last day').fill('')
  await checkAccess(page, 'a meeting in a period')
  await page.getByRole('button', { name: 'Save meetings' }).click()
  await expect(page.getByText('Saved the meetings of Chemistry 11A')).toBeVisible()

  const delayed = later(firstDay, 1)
  await page.goto(`${site.url}/northgate/calendar?day=${delayed}`)
  await page.getByRole('button', { name: 'Two-hour delay', exact: true }).click()
  await expect(dayButton(page, delayed)).toContainText('Two-hour delay')
  await page.goto(`${site.url}/northgate/timetable?of=class&id=${chemistry}&week=${delayed}`)
  await expect(page.getByText('10:00–10:50')).toBeVisible()
})

interface Bells {
  periods: { id: string; code: string; name: string; version: number }[]
  schedules: { id: string; name: string; isDefault: boolean; version: number; times: Record<string, unknown>[] }[]
}
/** Adds bells to which the period rings while Biology meets. */
async function addAssembly(page: Page): Promise<void> {
  const { periods, schedules } = await ask<Bells>(page, site.url, 'periods.list', {})
  await ask(page, site.url, 'periods.save', {
    periods: periods.map(({ id, code, name }) => ({ id, code, name })),
    schedules: [
      ...schedules.map(({ id, name, isDefault, times }) => ({
        ...{ id, name, isDefault },
        times: times.map(({ periodId, ...time }) => ({
          ...time,
          period: periods.findIndex((period) => period.id === periodId),
        })),
      })),
      { name: 'Assembly', isDefault: false, times: [{ period: 0, startTime: '09:30', endTime: '10:00' }] },
    ],
    seen: [...periods, ...schedules].map(({ id, version }) => ({ id, version })),
  })
}

test.describe('what is refused', () => {
  test.use({ expectedErrors: refusals })
  test('bells that would need an instructor in two classes at once are refused until somebody says why', async ({
    page,
  }) => {
    const { rows } = await ask<{ rows: { id: string; title: string }[] }>(page, site.url, 'classes.list', {})
    const chemistry = rows.find(({ title }) => title === 'Chemistry 11A')?.id ?? ''
    const people = await ask<{ id: string }[]>(page, site.url, 'instructors.list', {})
    await ask(page, site.url, 'classInstructors.create', { classId: chemistry, instructorId: people[0]?.id })
    await addAssembly(page)
    const day = later(firstDay, 3)
    await page.goto(`${site.url}/northgate/calendar?day=${day}`)
    await page.getByRole('button', { name: 'Assembly', exact: true }).click()
    const question = page.getByRole('alert').filter({ hasText: 'Nothing was saved: with this change' })
    await expect(question).toContainText(/(Biology 10B|Chemistry 11A): Ida Holm teaches (Chemistry 11A|Biology 10B)/)
    await expect(dayButton(page, day)).not.toContainText('Assembly')
    await checkAccess(page, 'a change of bells that collides')
    await page.getByRole('button', { name: 'Save anyway' }).click()
    await expect(page.getByLabel('Save anyway, because…')).toBeFocused()
    await page.getByLabel('Save anyway, because…').fill('The whole school sits in the hall')
    await page.getByRole('button', { name: 'Save anyway' }).click()
    await expect(dayButton(page, day)).toContainText('Assembly')
    await expect(question).toBeHidden()
  })
})

test('a viewer reads the calendar and changes nothing @full', async ({ otherPage: page }) => {
  watchRequests(page)
  await signIn(page.context(), site.url, vic)
  await page.goto(`${site.url}/northgate/calendar`)
  await settled(page)
  await expect(dayButton(page, firstDay)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Closed: weather', exact: true })).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Lay out a year' })).toHaveCount(0)
  await page.goto(`${site.url}/northgate/calendar/year`)
  await expect(page.getByText('This page is not for your role')).toBeVisible()
})

test('whoever begins the day at home reads that the school is closed tomorrow @full', async ({ page }) => {
  const { days } = await ask<{ days: { id: string; version: number }[] }>(page, site.url, 'calendars.days', {
    from: next,
    to: next,
  })
  const seen = days.map(({ id, version }) => ({ id, version }))
  await ask(page, site.url, 'calendars.changeDays', { from: next, to: next, kind: 'weather', seen })
  await page.goto(`${site.url}/northgate/home`)
  await expect(page.getByText('Tomorrow Closed: weather')).toBeVisible()
})
