/** A block from another system, as messy as they come, becomes students; nothing of it is lost on the way. */
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { checkAccess } from './check-access.ts'
import { ann } from './people.ts'
import { ask, expect, ownSite, signIn, test } from './test.ts'

const site = ownSite()
test.beforeEach(({ page }) => signIn(page.context(), site.url, ann))

async function paste(page: Page, lines: readonly (readonly string[])[]): Promise<void> {
  await page.goto(`${site.url}/northgate/students/paste`)
  await page.getByLabel('Rows from your spreadsheet').fill(lines.map((cells) => cells.join('\t')).join('\n'))
  await page.getByRole('button', { name: 'Check the rows' }).click()
}

test('titles, totals, empty columns, capitals, day counts and shortened numbers each get a clear answer', async ({
  page,
}) => {
  await paste(page, [
    ['Class list 7B', '', '', '', '', ''],
    ['Student name', '', 'Adm. number', 'DOB', 'Joined', 'House'],
    ['MESSY\u00a0DE LA CRUZ', '', 'M-1', '40972', '01/09/2025', 'Red'],
    ['AMARA MESSY', '', '7.7E+11', '25/12/2011', '02/09/2025', 'Blue'],
    ['MESSY', '', 'M-3', '2012-03-04 00:00', '', 'Red'],
    ['Total', '', '3', '', '', ''],
  ])
  await expect(page.getByLabel('The first 2 rows hold the heads')).toBeChecked()
  await expect(page.getByLabel('Column House')).toHaveValue('')
  await expect(page.getByRole('cell', { name: 'Blue', exact: true })).toBeVisible()
  await expect(page.getByText('Left out: a total, not a record')).toBeVisible()
  await expect(page.getByText(/Dates are read with the day first, since 25\/12\/2011/)).toBeVisible()
  await expect(page.getByText(/de la Cruz, Messy/), 'capitals stay until somebody says otherwise').toHaveCount(0)
  await page.getByLabel('Write names in capitals as Names').check()
  await expect(page.getByText(/de la Cruz, Messy/)).toBeVisible()
  await expect(page.getByText('4 Mar 2012')).toHaveCount(2)
  await expect(page.getByLabel('Column Adm. number')).toHaveValue('number')
  await expect(page.getByText('2 ready, one row needs another look, 1 left out')).toBeVisible()
  await expect(page.getByText('The spreadsheet has shortened this number')).toBeVisible()
  await checkAccess(page, 'a messy block')
  // Nothing is lost by leaving.
  await page.reload()
  await expect(page.getByText(/de la Cruz, Messy/)).toBeVisible()
  await expect(page.getByLabel('Column Adm. number')).toHaveValue('number')
  await page.getByRole('button', { name: 'Leave out one row' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download one row left out' }).click()
  expect(await readFile(await (await download).path(), 'utf8')).toMatch(/AMARA MESSY.*shortened/)
  await page.getByRole('button', { name: 'Add 2 students' }).click()
  await expect(page.getByText('The row that was left out is still here')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Add', exact: true })).toBeVisible()
  await expect(page.getByRole('button', { name: /Add 0/ })).toHaveCount(0)
  await page.getByLabel('Student number, row 2').fill('770000000001')
  await page.getByRole('button', { name: 'Add one student' }).click()
  await expect(page).toHaveURL(/\/students$/)
  await page.getByLabel('Search students').fill('messy')
  await expect(page.getByText('3 matching')).toBeVisible()
})

test('the order of names and of dates is asked where it is open, and heads are guessed again @full', async ({
  page,
}) => {
  await paste(page, [
    ['Name', 'Born'],
    ['Nguyễn Văn Messy', '03/04/2012'],
    ['Trần Thị Messy', '05/06/2012'],
  ])
  await expect(page.getByLabel('Order of the names in Name')).toHaveValue('familyFirst')
  await expect(page.getByText('Nguyễn, Văn Messy')).toBeVisible()
  await page.getByLabel('Order of the names in Name').selectOption({ label: 'Family name last' })
  await expect(page.getByText('Messy, Nguyễn Văn')).toBeVisible()
  const order = page.getByLabel('Dates such as 07/08/2015')
  await expect(order).toHaveValue('')
  await expect(page.getByText('0 ready, 2 rows need another look')).toBeVisible()
  await order.selectOption('monthFirst')
  await expect(page.getByText('2 ready')).toBeVisible()
  await page.getByLabel('The first row holds the heads').uncheck()
  await expect(page.getByLabel('Column 1', { exact: true })).toHaveValue('')
  await page.getByLabel('The first row holds the heads').check()
  await expect(page.getByLabel('Column Name', { exact: true })).toHaveValue('fullName')
})

test('thirty messy students come with their guardians in ten clicks, and one Undo takes all back', async ({ page }) => {
  const lines = Array.from({ length: 30 }, (_, n) => {
    const family = n < 20 ? `Clicks${n}` : `Clicks${n - 10}`
    return [
      ...[`${family.toUpperCase()}, CHILD${n}`, `7${n % 10}`, `0${(n % 9) + 1}/0${((n + 3) % 9) + 1}/2012`, ''],
      ...[`Gina ${family}`, `(614) 555-0${100 + (n < 20 ? n : n - 10)}`, n % 3 ? '' : `Tom ${family}`, ''],
    ]
  })
  const heads = [
    ['Enrollment 2026', '', '', '', '', '', '', ''],
    ['Student', '', '', '', 'Mother', '', 'Father', ''],
    ['Name', 'Locker', 'DOB', 'Notes', 'Name', 'Mobile', 'Name', 'E-mail'],
  ]
  await page.goto(`${site.url}/northgate/students`)
  await page.evaluate(() => {
    let clicks = 0
    window.addEventListener(
      'click',
      ({ isTrusted, detail }) => {
        if (isTrusted && detail > 0) document.documentElement.dataset.clicks = String(++clicks)
      },
      true,
    )
  })
  const clicks = () => page.evaluate(() => Number(document.documentElement.dataset.clicks ?? 0))
  await page.getByRole('link', { name: 'Add student' }).click()
  await page.getByRole('link', { name: 'Paste from a spreadsheet' }).click()
  const text = [...heads, ...lines, ['Total', '30', '', '', '', '', '', '']].map((cells) => cells.join('\t')).join('\n')
  await page.getByLabel('Rows from your spreadsheet').fill(text)
  await page.getByRole('button', { name: 'Check the rows' }).click()
  await expect(page.getByLabel('Column Mother Mobile')).toHaveValue('mother.phone')
  await page.getByLabel('Write names in capitals as Names').click()
  await page.getByLabel('Dates such as 07/08/2015').selectOption('dayFirst')
  await expect(page.getByText('30 guardians come along. 10 of them have several students here.')).toBeVisible()
  await page.getByRole('button', { name: 'Add 30 students' }).click()
  await expect(page.locator('.toasts')).toContainText('Added 30 students')
  // The choice of a date's order is two clicks of a mouse.
  expect((await clicks()) + 2).toBeLessThanOrEqual(10)
  expect(await ask(page, site.url, 'guardians.count', { search: 'clicks' })).toBe(30)
  await page.getByLabel('Search students').fill('clicks13')
  await expect(page.getByRole('row', { name: /Clicks13, Child13/ })).toBeVisible()
  await page.locator('.toasts').getByRole('button', { name: 'Undo' }).click()
  await expect(page.locator('.toasts')).toContainText('Undone')
  await page.goto(`${site.url}/northgate/guardians?q=clicks`)
  await expect(page.getByText('0 matching')).toBeVisible()
})

test('departments that pasted courses name are added with them', async ({ page }) => {
  await page.goto(`${site.url}/northgate/courses/paste`)
  const rows = ['Title\tDepartment', 'Glass\tFurnace', 'Clay\tKiln', 'Clay II\tkiln']
  await page.getByLabel('Rows from your spreadsheet').fill(rows.join('\n'))
  await page.getByRole('button', { name: 'Check the rows' }).click()
  await expect(page.getByText('Departments that are not known here: Furnace and Kiln.')).toBeVisible()
  await checkAccess(page, 'unknown departments')
  await page.getByRole('button', { name: 'Add these 2 departments' }).click()
  await expect(page.getByText('3 ready')).toBeVisible()
  await page.reload()
  await page.getByRole('button', { name: 'Add 3 courses' }).click()
  await expect(page.locator('.toasts')).toContainText('Added 3 courses')
  await expect(page.getByRole('row', { name: /Clay II/ })).toContainText('Kiln')
  await page.locator('.toasts').getByRole('button', { name: 'Undo' }).click()
  await expect(page.locator('.toasts')).toContainText('Undone')
  expect(await ask(page, site.url, 'departments.list', {})).toEqual([])
})
