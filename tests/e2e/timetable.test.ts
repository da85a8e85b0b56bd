/** Biology 10B is Ida's, with Amara in it; Chemistry 11A is the class whose meetings are edited. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { APIRequestContext, Page } from '@playwright/test'
import type { AxeResults } from 'axe-core'
import { v7 } from 'uuid'
import { ann } from './people.ts'
import type { Site } from './test.ts'
import { test as base, expect, refusals, signIn, startSite } from './test.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
async function check(page: Page, screen: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.evaluate(axe)
    const { violations } = await page.evaluate(
      (values) =>
        (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
          runOnly: { type: 'tag', values },
          resultTypes: ['violations'],
        }),
      tags,
    )
    const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))
    expect(found, `${screen}, ${colorScheme}`).toEqual([])
  }
}

/** These tests change classes that others count on: they have a school of their own. */
const test = base.extend<object, { site: Site }>({
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from it
    async ({}, use) => {
      const site = await startSite('small')
      await use(site)
      await site.done()
    },
    { scope: 'worker' },
  ],
})
test.use({ expectedErrors: refusals })

type Api = (path: string, input: object) => Promise<unknown>
const apiOf =
  (request: APIRequestContext, url: string): Api =>
  async (path, input) => {
    const answer = await request.post(`${url}/trpc/${path}`, {
      headers: { origin: url, 'x-school': 'northgate', 'idempotency-key': v7() },
      data: input,
    })
    const body = await answer.json()
    expect(answer.status(), JSON.stringify(body)).toBe(200)
    return body.result.data
  }

interface Ids {
  biology: string
  chemistry: string
  room: string
}
/** Biology meets on Mondays and Wednesdays from nine to ten in the lab, from next week on; Amara is in both classes. */
async function fill(api: Api): Promise<Ids> {
  const { rows: classes } = (await api('classes.list', {})) as { rows: { id: string; title: string }[] }
  const idOf = (title: string) => classes.find((one) => one.title === title)?.id ?? ''
  const [biology, chemistry] = [idOf('Biology 10B'), idOf('Chemistry 11A')]
  const { meetings: held } = (await api('meetings.list', { classId: biology })) as { meetings: { roomId: string }[] }
  if (held[0]) return { biology, chemistry, room: held[0].roomId }
  const room = ((await api('rooms.create', { name: 'Lab', seats: 12 })) as { id: string }).id
  const { rows: students } = (await api('students.list', { search: 'abara' })) as { rows: { id: string }[] }
  await api('classes.enroll', { classId: chemistry, studentIds: students.map(({ id }) => id) })
  const slots = [1, 3].map((weekday) => ({ weekday, startTime: '09:00', endTime: '10:00', roomId: room }))
  await api('meetings.update', { classId: biology, from: '2026-09-01', to: null, meetings: slots, seen: [] })
  return { biology, chemistry, room }
}

let ids: Ids
test.beforeEach(async ({ page, site }) => {
  await signIn(page.context(), site.url, ann)
  ids = await fill(apiOf(page.context().request, site.url))
})

const row = (page: Page, number: number) => page.getByRole('group', { name: `Meeting ${number}` })

test('a collision is found while it is typed, and gone with another time', async ({ page, site }) => {
  await page.goto(`${site.url}/northgate/classes/${ids.chemistry}`)
  await page.getByRole('link', { name: /(Add|Change) meetings/ }).click()
  await expect(page.getByRole('heading', { name: 'Meetings of Chemistry 11A' })).toBeVisible()
  if (!(await row(page, 1).isVisible())) await page.getByRole('button', { name: 'Add a time' }).click()
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
  await check(page, 'editor with collisions')

  await page.getByRole('button', { name: 'Save meetings' }).click()
  await expect(page.getByLabel('Save anyway, because…')).toBeFocused()
  await expect(page.getByText('Choose another time or room, or say why it is to stand')).toBeVisible()

  await row(page, 1).getByLabel('Begins').fill('10')
  await row(page, 1).getByLabel('Ends').fill('11')
  await expect(page.getByText('Nothing collides')).toBeVisible()
  await page.getByRole('button', { name: 'Save meetings' }).click()
  await expect(page.getByText('Saved the meetings of Chemistry 11A')).toBeVisible()
  await expect(page.getByRole('main')).toContainText('Mon and Wed, 10:00–11:00')
})

test('a collision that is meant stands with its reason', async ({ page, site }) => {
  await page.goto(`${site.url}/northgate/classes/${ids.chemistry}/meetings`)
  await page.getByRole('button', { name: 'Add a time' }).click()
  await page.getByLabel('Last day').fill('')
  const added = page.getByRole('group', { name: /^Meeting/ }).last()
  await added.getByLabel('Monday').check()
  await added.getByLabel('Begins').fill('8:30')
  await added.getByLabel('Ends').fill('9:15')
  await page.getByLabel('Save anyway, because…').fill('Amara swaps her groups')
  await page.getByRole('button', { name: 'Save meetings' }).click()
  await expect(page.getByText('Stands although it collides: Amara swaps her groups')).toBeVisible()
})

test('what cannot be read is said at its field, and nothing typed is lost', async ({ page, site }) => {
  await page.goto(`${site.url}/northgate/classes/${ids.biology}/meetings`)
  await page.getByRole('button', { name: 'Add a time' }).click()
  await row(page, 2).getByLabel('Begins').fill('soon')
  await page.getByRole('button', { name: 'Save meetings' }).click()
  await expect(row(page, 2)).toContainText('Choose at least one day')
  await expect(row(page, 2)).toContainText('Enter a time like 9:50')
  await expect(row(page, 2).getByLabel('Monday')).toBeFocused()
  await expect(row(page, 2).getByLabel('Begins')).toHaveValue('soon')
  await check(page, 'editor, refused')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Leave without saving' }).click()
  await expect(page.getByRole('heading', { name: 'Biology 10B' })).toBeVisible()
})

test('a room’s week is leafed through, and prints with whose week it is and who printed it', async ({ page, site }) => {
  await page.goto(`${site.url}/northgate/timetable?of=room&id=${ids.room}&week=2026-11-25`)
  await expect(page.getByRole('heading', { name: 'Lab' })).toBeVisible()
  await expect(page.getByText(/^23\s?–\s?29 Nov 2026$/)).toBeVisible()
  await expect(page.locator('.week-day').first()).toContainText('Mon 23 Nov')
  await expect(page.locator('.week-day').first()).toContainText('Ida Holm')
  await check(page, 'week')
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
  test('a week is a list of days, and the editor fits', async ({ page, site }) => {
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    await page.goto(`${site.url}/northgate/timetable?of=class&id=${ids.biology}&week=2026-11-25`)
    await expect(page.getByRole('link', { name: 'Biology 10B' })).toHaveCount(2)
    expect(await overflow()).toBeLessThanOrEqual(0)
    await check(page, 'week on a phone')
    await page.goto(`${site.url}/northgate/classes/${ids.biology}/meetings`)
    await expect(row(page, 1).getByLabel('Begins')).toBeVisible()
    expect(await overflow()).toBeLessThanOrEqual(0)
    const { height = 0 } = (await row(page, 1).locator('.day-toggle').first().boundingBox()) ?? {}
    expect(height).toBeGreaterThanOrEqual(44)
  })
})
