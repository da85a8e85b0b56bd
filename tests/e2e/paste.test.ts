/** A block from another system, as messy as they come, becomes students; nothing of it is lost on the way. */
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { checkAccess } from './check-access.ts'
import { ann } from './people.ts'
import { expect, ownSite, signIn, test } from './test.ts'

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
  await expect(page.getByText('de la Cruz, Messy'), 'capitals stay until somebody says otherwise').toHaveCount(0)
  await page.getByLabel('Write names in capitals as Names').check()
  await expect(page.getByText('de la Cruz, Messy')).toBeVisible()
  await expect(page.getByText('4 Mar 2012')).toHaveCount(2)
  await page.getByLabel('Column Adm. number').selectOption({ label: 'Student number' })
  await expect(page.getByText('2 ready, one row needs another look, 1 left out')).toBeVisible()
  await expect(page.getByText('The spreadsheet has shortened this number')).toBeVisible()
  await checkAccess(page, 'a messy block')
  // Nothing is lost by leaving.
  await page.reload()
  await expect(page.getByText('de la Cruz, Messy')).toBeVisible()
  await expect(page.getByLabel('Column Adm. number')).toHaveValue('number')
  await page.getByRole('button', { name: 'Leave out one row' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download one row left out' }).click()
  expect(await readFile(await (await download).path(), 'utf8')).toMatch(/AMARA MESSY.*shortened/)
  await page.getByRole('button', { name: 'Add 2 students' }).click()
  await expect(page.getByText('The row that was left out is still here')).toBeVisible()
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
