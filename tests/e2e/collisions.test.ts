/** Ida teaches Biology 10B on Monday mornings in the lab; Chemistry 11A meets at the same time. */
import type { Page } from '@playwright/test'
import { checkAccessInFull } from './check-access.ts'
import { ann } from './people.ts'
import { ask, expect, ownSite, refusals, signIn, test } from './test.ts'

const site = ownSite()
test.use({ expectedErrors: refusals, actionTimeout: 15_000 })

interface Listed {
  rows: { id: string; title: string }[]
}
let chemistry: string
async function fill(page: Page) {
  const { rows } = await ask<Listed>(page, site.url, 'classes.list', {})
  const idOf = (title: string) => rows.find((one) => one.title === title)?.id ?? ''
  chemistry = idOf('Chemistry 11A')
  const { meetings } = await ask<{ meetings: unknown[] }>(page, site.url, 'meetings.list', { classId: chemistry })
  if (meetings.length) return
  const room = (await ask(page, site.url, 'rooms.create', { name: 'Lab', seats: 40 })).id
  const monday = { weekday: 1, startTime: '09:00', endTime: '10:00' }
  const days = { from: '2026-09-01', to: null, seen: [] }
  const biology = { classId: idOf('Biology 10B'), meetings: [{ ...monday, roomId: room }] }
  await ask(page, site.url, 'meetings.update', { ...biology, ...days })
  await ask(page, site.url, 'meetings.update', { classId: chemistry, meetings: [monday], ...days })
}
test.beforeEach(async ({ page }) => {
  await signIn(page.context(), site.url, ann)
  await fill(page)
})

test('an instructor who teaches elsewhere then is refused, and held with a reason that shows from then on', async ({
  page,
}) => {
  await page.goto(`${site.url}/northgate/classes/${chemistry}`)
  await page.getByRole('button', { name: 'Add instructor' }).click()
  const panel = page.getByRole('dialog', { name: 'Add an instructor to Chemistry 11A' })
  await panel.getByRole('combobox', { name: 'Find an instructor' }).fill('ida')
  await expect(panel.getByRole('option', { name: /Ida/ })).toBeVisible()
  await panel.getByRole('combobox', { name: 'Find an instructor' }).press('Enter')
  await panel.getByRole('button', { name: 'Add instructor' }).click()
  await expect(panel).toContainText('Ida Holm teaches Biology 10B (BIO-10B), Monday, 09:00–10:00')
  await checkAccessInFull(page, 'an instructor who is refused')

  await panel.getByRole('button', { name: 'Add instructor' }).click()
  await expect(panel.getByLabel('Save anyway, because…')).toBeFocused()
  await expect(panel).toContainText('Choose another instructor or day, or say why it is to stand')
  await panel.getByLabel('Save anyway, because…').fill('She watches both rooms')
  await panel.getByRole('button', { name: 'Add instructor' }).click()
  await expect(page.getByText('Ida Holm teaches Chemistry 11A')).toBeVisible()
  const mark = 'Same time as Biology 10B (BIO-10B), with Ida Holm: held anyway, “She watches both rooms”'
  await expect(page.getByRole('main')).toContainText(mark)

  await page.getByRole('link', { name: 'Open week' }).click()
  await page.getByRole('button', { name: 'Next week' }).click()
  await expect(page.getByRole('main')).toContainText(mark)
  await checkAccessInFull(page, 'a week with a collision')
})

test('a room that another class has is refused in the form, and held with a reason @full', async ({ page }) => {
  await page.goto(`${site.url}/northgate/classes/${chemistry}/edit`)
  await page.getByLabel('Room', { exact: true }).selectOption({ label: 'Lab, 40 seats' })
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('alert').first()).toContainText('another class has this room at the same time')
  await expect(page.getByRole('main')).toContainText('Biology 10B (BIO-10B) is in Lab, Monday, 09:00–10:00')
  await checkAccessInFull(page, 'a room that is refused')
  await page.getByRole('button', { name: 'Save anyway' }).click()
  await expect(page.getByLabel('Save anyway, because…')).toBeFocused()
  await page.getByLabel('Save anyway, because…').fill('The lab has two halves')
  await page.getByLabel('Save anyway, because…').press('Enter')
  await expect(page.getByRole('heading', { name: 'Chemistry 11A' })).toBeVisible()
  await expect(page.getByRole('main')).toContainText(
    'Same time as Biology 10B (BIO-10B) in Lab: held anyway, “The lab has two halves”',
  )
})

test('many classes that would share a room are refused together, and held with one reason @full', async ({ page }) => {
  await ask(page, site.url, 'rooms.create', { name: 'Hall', seats: null })
  for (const title of ['Pottery A', 'Pottery B']) {
    const { id: classId } = await ask(page, site.url, 'classes.create', { title })
    const tuesday = { weekday: 2, startTime: '11:00', endTime: '12:00' }
    await ask(page, site.url, 'meetings.update', {
      classId,
      meetings: [tuesday],
      from: '2026-09-01',
      to: null,
      seen: [],
    })
  }
  await page.goto(`${site.url}/northgate/classes?q=Pottery&term=all`)
  for (const name of ['Pottery A', 'Pottery B']) await page.getByRole('checkbox', { name: `Select ${name}` }).click()
  await page.getByRole('button', { name: 'Set room' }).click()
  await page.getByRole('menuitem', { name: 'Hall' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Pottery A')
  await expect(dialog).toContainText('Would be in this room at the same time as Pottery B')
  await checkAccessInFull(page, 'many that collide')
  await dialog.getByRole('button', { name: 'Set anyway' }).click()
  await expect(dialog).toContainText('say why classes are to share this one')
  await dialog.getByLabel('Set the room anyway, because…').fill('One kiln')
  await dialog.getByLabel('Set the room anyway, because…').press('Enter')
  await expect(dialog).toBeHidden()
  await page.getByRole('link', { name: 'Pottery A' }).click()
  await expect(page.getByRole('main')).toContainText('Same time as Pottery B in Hall: held anyway, “One kiln”')
})
