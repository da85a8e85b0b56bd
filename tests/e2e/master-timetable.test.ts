/** Biology 10B is Ida's and meets in the lab every day from nine to ten; Chemistry 11A meets nowhere. */
import type { Page } from '@playwright/test'
import { checkAccessInFull } from './check-access.ts'
import { ann, ida } from './people.ts'
import { settled, watchRequests } from './settled.ts'
import { ask, expect, ownSite, refusals, signIn, test } from './test.ts'

const site = ownSite()
test.use({ expectedErrors: refusals })

const days = [1, 2, 3, 4, 5, 6, 7]
test.beforeEach(async ({ page }) => {
  await signIn(page.context(), site.url, ann)
  watchRequests(page)
  const { rows } = await ask<{ rows: { id: string; title: string }[] }>(page, site.url, 'classes.list', {})
  const classId = rows.find(({ title }) => title === 'Biology 10B')?.id ?? ''
  const { meetings } = await ask<{ meetings: object[] }>(page, site.url, 'meetings.list', { classId })
  if (meetings.length) return
  const { id: roomId } = await ask(page, site.url, 'rooms.create', { name: 'Lab 10', seats: 12 })
  await ask(page, site.url, 'rooms.create', { name: 'Lab 2', seats: 30 })
  const slots = days.map((weekday) => ({ weekday, startTime: '09:00', endTime: '10:00', roomId }))
  await ask(page, site.url, 'meetings.update', { classId, from: '2026-09-01', to: null, meetings: slots, seen: [] })
})

const line = (page: Page, name: string) =>
  page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name, exact: true }) })

test('the master timetable of a day, by room, by instructor and by time, leads to each of their pages', async ({
  page,
}) => {
  await page.goto(`${site.url}/northgate/home`)
  await page.getByRole('link', { name: 'Master timetable' }).click()
  await expect(page.getByRole('main').getByRole('heading', { level: 2 })).toHaveText(['Lab 2', 'Lab 10'])
  await expect(line(page, 'Lab 10')).toContainText('Biology 10B BIO-10B')
  await expect(line(page, 'Lab 10')).toContainText('Ida Holm')
  await expect(line(page, 'Lab 2')).toContainText('Free all day')
  await checkAccessInFull(page, 'master timetable by room')
  await page.getByRole('radio', { name: 'Week' }).check()
  await expect(page).toHaveURL(/span=week/)
  await expect(line(page, 'Lab 10').getByRole('link', { name: 'Biology 10B BIO-10B' })).toHaveCount(7)
  await checkAccessInFull(page, 'master timetable of a week')
  await page.getByRole('radio', { name: 'By instructor' }).check()
  await expect(line(page, 'Ida Holm').getByRole('link', { name: 'Lab 10' }).first()).toBeVisible()
  await page.getByRole('radio', { name: 'By time' }).check()
  await expect(line(page, '09:00 – 10:00').or(line(page, '09:00–10:00'))).toContainText('Biology 10B')
  await expect(page.getByRole('radio', { name: 'Week' })).toBeHidden()
  await checkAccessInFull(page, 'master timetable by time')
  await page.getByRole('link', { name: 'Biology 10B BIO-10B' }).click()
  await expect(page.getByRole('heading', { name: 'Biology 10B', level: 1 })).toBeVisible()
})

test('an address of a week that names nobody leads to the week of the master timetable', async ({ page }) => {
  await page.goto(`${site.url}/northgate/timetable`)
  await expect(page).toHaveURL(/master-timetable.*span=week/)
})

test('it prints every line without buttons, with who printed it', async ({ page }) => {
  await page.addInitScript(() => {
    window.print = () => document.body.setAttribute('data-printed', 'yes')
  })
  await page.goto(`${site.url}/northgate/master-timetable`)
  await expect(line(page, 'Lab 10')).toBeVisible()
  await page.getByRole('button', { name: 'Print' }).click()
  await expect(page.locator('body')).toHaveAttribute('data-printed', 'yes')
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  await expect(page.getByText(/^Printed .* by Ann Lee$/)).toBeVisible()
  await expect(line(page, 'Lab 2')).toBeVisible()
  await expect(page.getByRole('button')).toHaveCount(0)
  await expect(page.getByRole('radio', { name: 'Day' })).toBeHidden()
})

test('an instructor sees all of it, and only her own class is a link', async ({ page }) => {
  await signIn(page.context(), site.url, ida)
  await page.goto(`${site.url}/northgate/master-timetable`)
  await expect(line(page, 'Lab 2')).toBeVisible()
  await expect(line(page, 'Lab 10').getByRole('link')).toHaveText(['Biology 10B BIO-10B'])
})

test('free rooms and instructors are asked for by day, time and seats', async ({ page }) => {
  await page.goto(`${site.url}/northgate/free?day=2026-11-25&from=09:00&to=09:45`)
  const free = (name: string) => page.getByRole('main').getByRole('link', { name, exact: true })
  await expect(free('Lab 2')).toBeVisible()
  await expect(free('Lab 10')).toBeHidden()
  await expect(free('Ida Holm')).toBeHidden()
  await checkAccessInFull(page, 'free rooms')
  await page.getByLabel('From').fill('10')
  await page.getByLabel('From').press('Enter')
  await expect(free('Lab 10')).toBeVisible()
  await expect(free('Ida Holm')).toBeVisible()
  await expect(page).toHaveURL(/from=10%3A00|from=10:00/)
  await page.getByLabel('Seats at least').fill('20')
  await page.getByLabel('Seats at least').press('Enter')
  await expect(free('Lab 10')).toBeHidden()
  await page.getByLabel('Until').fill('9')
  await page.getByLabel('Until').press('Enter')
  await expect(page.getByText('It has to end after it begins')).toBeVisible()
  await expect(page.getByLabel('Until')).toHaveValue('9')
  await page.getByLabel('Seats at least').fill('many')
  await page.getByLabel('Seats at least').press('Enter')
  await expect(page.getByText('Enter a number, such as 25')).toBeVisible()
})

test('where a student is now stands on the page, in the panel and in the palette', async ({ page }) => {
  const { rows } = await ask<{ rows: { id: string }[] }>(page, site.url, 'students.list', { search: 'abara' })
  const id = rows[0]?.id ?? ''
  const { timeZone } = await ask<{ timeZone: string }>(page, site.url, 'schools.get', {})
  const day = new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date())
  const offset = Date.parse(`${day}T09:30:00Z`)
  const shown = new Date(offset).toLocaleString('sv-SE', { timeZone })
  await page.clock.install({ time: new Date(2 * offset - Date.parse(`${shown.replace(' ', 'T')}Z`)) })
  await page.goto(`${site.url}/northgate/students/${id}`)
  await expect(page.getByRole('link', { name: /^Now in Biology 10B · Lab 10, until 10:00$/ })).toBeVisible()
  await page.goto(`${site.url}/northgate/students?student=${id}`)
  await expect(page.getByRole('complementary').getByText(/^Now in Biology 10B/)).toBeVisible()
  await settled(page)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search or jump to' }).fill('abara')
  await settled(page)
  await page.clock.runFor(1_000)
  await expect(page.getByRole('dialog').getByText(/^Now in Biology 10B · Lab 10/)).toBeVisible()
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  test('lines become lists and nothing overflows @full', async ({ page }) => {
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    for (const search of ['', '?span=week', '?by=time', '?by=instructor']) {
      await page.goto(`${site.url}/northgate/master-timetable${search}`)
      await expect(page.getByRole('link', { name: 'Biology 10B BIO-10B' }).first()).toBeVisible()
      expect(await overflow(), search).toBeLessThanOrEqual(0)
    }
    await checkAccessInFull(page, 'master timetable on a phone')
    await page.goto(`${site.url}/northgate/free`)
    await expect(page.getByRole('heading', { name: /^Rooms/ })).toBeVisible()
    expect(await overflow()).toBeLessThanOrEqual(0)
  })
})
