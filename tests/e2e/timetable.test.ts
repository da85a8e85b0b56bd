/** Biology 10B is Ida's, with Amara in it; Chemistry 11A is the class whose meetings are edited. */
import type { Page } from '@playwright/test'
import { checkAccessInFull } from './check-access.ts'
import { ann } from './people.ts'
import { ask, expect, ownSite, refusals, signIn, test } from './test.ts'

const site = ownSite()
test.use({ expectedErrors: refusals })

interface Ids {
  biology: string
  chemistry: string
  room: string
}
/** Biology meets on Mondays and Wednesdays from nine to ten in the lab, from next week on; Amara is in both classes. */
async function fill(page: Page): Promise<Ids> {
  const { rows: classes } = await ask<{ rows: { id: string; title: string }[] }>(page, site.url, 'classes.list', {})
  const idOf = (title: string) => classes.find((one) => one.title === title)?.id ?? ''
  const [biology, chemistry] = [idOf('Biology 10B'), idOf('Chemistry 11A')]
  const { meetings: held } = await ask<{ meetings: { roomId: string }[] }>(page, site.url, 'meetings.list', {
    classId: biology,
  })
  if (held[0]) return { biology, chemistry, room: held[0].roomId }
  const room = (await ask(page, site.url, 'rooms.create', { name: 'Lab', seats: 12 })).id
  const { rows: students } = await ask<{ rows: { id: string }[] }>(page, site.url, 'students.list', { search: 'abara' })
  await ask(page, site.url, 'classes.enroll', { classId: chemistry, studentIds: students.map(({ id }) => id) })
  const slots = [1, 3].map((weekday) => ({ weekday, startTime: '09:00', endTime: '10:00', roomId: room }))
  await ask(page, site.url, 'meetings.update', {
    classId: biology,
    from: '2026-09-01',
    to: null,
    meetings: slots,
    seen: [],
  })
  return { biology, chemistry, room }
}

let ids: Ids
test.beforeEach(async ({ page }) => {
  await signIn(page.context(), site.url, ann)
  ids = await fill(page)
})

const row = (page: Page, number: number) => page.getByRole('group', { name: `Meeting ${number}` })

test('a collision is found while it is typed, and gone with another time', async ({ page }) => {
  await page.goto(`${site.url}/northgate/classes/${ids.chemistry}`)
  await page.getByRole('link', { name: /(Add|Change) meetings/ }).click()
  await expect(page.getByRole('heading', { name: 'Meetings of Chemistry 11A' })).toBeVisible()
  if (!(await row(page, 1).isVisible())) await page.getByRole('button', { name: 'Add a time' }).click()
  for (const day of ['Monday', 'Friday']) await expect(row(page, 1).getByLabel(day)).toBeChecked()
  await row(page, 1).getByRole('button', { name: 'No day' }).click()
  await page.getByLabel('Last day').fill('')
  await row(page, 1).getByLabel('Monday').check()
  await row(page, 1).getByLabel('Wednesday').check()
  await row(page, 1).getByLabel('Begins').fill('9.30')
  await row(page, 1).getByLabel('Ends').fill('1030')
  await row(page, 1).getByLabel('Room').selectOption('Lab')
  await expect(row(page, 1).getByLabel('Begins')).toHaveValue('09:30')
  await expect(row(page, 1)).toContainText('Amara Abara is in Biology 10B (BIO-10B), Mon and Wed, 09:00–10:00')
  await expect(row(page, 1)).toContainText('Biology 10B (BIO-10B) is in Lab')
  await expect(row(page, 1)).toContainText('Lab seats 12; the class has 30 seats')
  await checkAccessInFull(page, 'editor with collisions')

  await page.getByRole('button', { name: 'Save meetings' }).click()
  await expect(page.getByLabel('Save anyway, because…')).toBeFocused()
  await expect(page.getByText('Choose another time or room, or say why it is to stand')).toBeVisible()

  await row(page, 1).getByLabel('Begins').fill('10')
  await row(page, 1).getByLabel('Ends').fill('11')
  await expect(page.getByText('No new collision')).toBeVisible()
  await page.getByRole('button', { name: 'Save meetings' }).click()
  await expect(page.getByText('Saved the meetings of Chemistry 11A')).toBeVisible()
  await expect(page.getByRole('main')).toContainText('Mon and Wed, 10:00–11:00')

  await page.getByRole('link', { name: 'Change meetings' }).click()
  await expect(row(page, 1).getByLabel('Begins')).toHaveValue('10:00')
  await page.getByRole('button', { name: 'Save meetings' }).click()
  await expect(page.getByText('Nothing was changed in the meetings of Chemistry 11A')).toBeVisible()
})

test('a collision that is meant stands with its reason @full', async ({ page }) => {
  await page.goto(`${site.url}/northgate/classes/${ids.chemistry}/meetings`)
  await page.getByRole('button', { name: 'Add a time' }).click()
  await page.getByLabel('Last day').fill('')
  const added = page.getByRole('group', { name: /^Meeting/ }).last()
  await added.getByRole('button', { name: 'No day' }).click()
  await added.getByLabel('Monday').check()
  await added.getByLabel('Begins').fill('8:30')
  await added.getByLabel('Ends').fill('9:15')
  await page.getByLabel('Save anyway, because…').fill('Amara swaps her groups')
  await page.getByRole('button', { name: 'Save meetings' }).click()
  await expect(page.getByText('Stands although it collides: Amara swaps her groups')).toBeVisible()
})

test('what cannot be read is said at its field, and nothing typed is lost @full', async ({ page }) => {
  await page.goto(`${site.url}/northgate/classes/${ids.biology}/meetings`)
  await page.getByRole('button', { name: 'Add a time' }).click()
  await row(page, 2).getByRole('button', { name: 'No day' }).click()
  await row(page, 2).getByLabel('Begins').fill('soon')
  await page.getByRole('button', { name: 'Save meetings' }).click()
  await expect(row(page, 2)).toContainText('Choose at least one day')
  await expect(row(page, 2)).toContainText('Enter a time like 9:50')
  await expect(row(page, 2).getByLabel('Monday')).toBeFocused()
  await expect(row(page, 2).getByLabel('Begins')).toHaveValue('soon')
  await checkAccessInFull(page, 'editor, refused')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Leave without saving' }).click()
  await expect(page.getByRole('heading', { name: 'Biology 10B' })).toBeVisible()
})

test('a room’s week is leafed through, and prints with whose week it is and who printed it @full', async ({ page }) => {
  await page.goto(`${site.url}/northgate/timetable?of=room&id=${ids.room}&week=2026-11-25`)
  await expect(page.getByRole('heading', { name: 'Lab' })).toBeVisible()
  await expect(page.getByText(/^23\s?–\s?29 Nov 2026$/)).toBeVisible()
  await expect(page.locator('.week-day').first()).toContainText('Mon 23 Nov')
  await expect(page.locator('.week-day').first()).toContainText('Ida Holm')
  await checkAccessInFull(page, 'week')
  await page.getByRole('button', { name: 'Next week' }).click()
  await expect(page).toHaveURL(/week=2026-11-30/)
  await expect(page.getByText(/^30 Nov\s?–\s?6 Dec 2026$/)).toBeVisible()
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  await expect(page.getByText(/^Printed .* by Ann Lee$/)).toBeVisible()
  await expect(page.getByText('Northgate', { exact: true }).last()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Next week' })).toBeHidden()
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)')
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  test('a week is a list of days, and the editor fits @full', async ({ page }) => {
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    await page.goto(`${site.url}/northgate/timetable?of=class&id=${ids.biology}&week=2026-11-25`)
    await expect(page.getByRole('link', { name: 'Biology 10B' })).toHaveCount(2)
    expect(await overflow()).toBeLessThanOrEqual(0)
    await checkAccessInFull(page, 'week on a phone')
    await page.evaluate(() => {
      window.print = () => document.body.setAttribute('data-printed', 'yes')
    })
    await page.getByRole('button', { name: 'Print week' }).tap()
    await expect(page.locator('body')).toHaveAttribute('data-printed', 'yes')
    await page.goto(`${site.url}/northgate/classes/${ids.biology}/meetings`)
    await expect(row(page, 1).getByLabel('Begins')).toBeVisible()
    expect(await overflow()).toBeLessThanOrEqual(0)
    const { height = 0 } = (await row(page, 1).locator('.day-toggle').first().boundingBox()) ?? {}
    expect(height).toBeGreaterThanOrEqual(44)
  })
})
