/** An office worker with nothing but the browser brings in what another system has exported, and takes it back. */
import type { Page } from '@playwright/test'
import { checkAccessInFull } from './check-access.ts'
import { bundle, drop, enrolled, row, user } from './mill-bundle.ts'
import { ben } from './people.ts'
import { ask, expect, ownSite, signIn, test } from './test.ts'

const site = ownSite()
test.beforeEach(({ page }) => signIn(page.context(), site.url, ben))

const right = [
  user('00101', 'student', 'Mara', 'Quillfeather', 'mara@mill.example', 'Year 6'),
  user('00102', 'student', 'Odo', 'Quillfeather', 'odo@mill.example', '06'),
  user('00201', 'teacher', 'Tess', 'Thimble', 'tess@mill.example'),
]
const wrong = [
  // The cells of this row are shifted by one.
  row(
    '00103',
    '',
    '',
    'TRUE',
    '03100500',
    'student',
    'pia',
    '',
    'Pia',
    'pia@mill.example',
    'Quillfeather',
    '00103',
    '',
    '',
    '',
    '',
    '6',
    'Spring2026!',
  ),
  user('', 'student', 'No', 'Id', 'no@mill.example'),
]

const quillfeathers = async (page: Page) =>
  (await ask<{ rows: { givenName: string }[] }>(page, site.url, 'students.list', { search: 'quillfeather' })).rows

test('a zip with three wrong rows is mended, brought in and taken back', async ({ page }) => {
  await page.goto(`${site.url}/northgate/imports`)
  await expect(page.getByText('Nothing has been brought in yet.')).toBeVisible()
  await checkAccessInFull(page, 'imports')
  await drop(
    page,
    bundle([...right, ...wrong], [enrolled('e1', '00101'), enrolled('e2', '00102'), enrolled('e3', '00101', 'c9')]),
    true,
  )

  // The school is made by hand and has another name here.
  await page.getByRole('button', { name: 'This is Northgate' }).click()
  const rejected = page.getByRole('table', { name: 'Rows that cannot be brought in' })
  await expect(rejected.getByRole('row')).toHaveCount(4)
  await expect(rejected).toContainText('the cells of this row stand in wrong columns')
  await expect(rejected).toContainText('has no sourcedId')
  await expect(rejected).toContainText('there is no class c9')
  await expect(page.getByRole('button', { name: /^Bring in/ })).toBeDisabled()
  await page.getByRole('button', { name: 'Students, new: show 2' }).click()
  await expect(page.getByRole('table', { name: 'What would change, one record per row' })).toContainText(
    'Mara Quillfeather',
  )
  await checkAccessInFull(page, 'a preview')
  expect(await quillfeathers(page)).toEqual([])
  await page.getByRole('button', { name: 'Drop this import' }).click()
  await expect(page.getByText('This import was dropped. Nothing was changed.')).toBeVisible()

  // Mended, and dropped as files this time.
  await page.getByRole('link', { name: 'Imports' }).first().click()
  await drop(page, bundle(right, [enrolled('e1', '00101'), enrolled('e2', '00102')]), false)
  await page.getByRole('button', { name: 'This is Northgate' }).click()
  await page.getByRole('button', { name: /^Bring in \d+ changes$/ }).click()
  await expect(page.getByText('The files are brought in.')).toBeVisible()
  await checkAccessInFull(page, 'a report')
  await page.getByRole('link', { name: 'Open the students' }).click()
  await expect(page.getByText('Quillfeather, Mara')).toBeVisible()

  await page.goto(`${site.url}/northgate/imports`)
  await page.getByRole('button', { name: 'Take back manifest.csv and 6 more files' }).click()
  const dialog = page.getByRole('dialog', { name: 'Take back manifest.csv and 6 more files?' })
  await expect(dialog).toContainText('records become what they were before the import')
  await checkAccessInFull(page, 'an undo')
  await dialog.getByRole('button', { name: 'Take the import back' }).click()
  await expect(page.getByText('Taken back', { exact: true })).toBeVisible()
  expect(await quillfeathers(page)).toEqual([])
})

test('on a phone the same pages fit @full', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`${site.url}/northgate/imports`)
  await drop(page, bundle([...right, ...wrong], [enrolled('e1', '00101')]), true)
  await expect(page.getByRole('list', { name: 'Rows that cannot be brought in' })).toBeVisible()
  await checkAccessInFull(page, 'a preview on a phone')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
})
