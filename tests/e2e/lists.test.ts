import { readFileSync } from 'node:fs'
import type { BrowserContext, Page } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import { v7 } from 'uuid'
import { checkAccessInFull } from './check-access.ts'
import { ann, ben } from './people.ts'
import { expect, signIn, studentRow, test } from './test.ts'

const formula = '=HYPERLINK("http://evil.example")'
const views = (page: Page) => page.getByRole('button', { name: /^Views/ })
const more = (page: Page) => page.getByRole('button', { name: 'Columns, export and print' })

/** A student whose name a spreadsheet would run. */
async function addFormula(context: BrowserContext, url: string): Promise<void> {
  const answer = await context.request.post(`${url}/trpc/students.create`, {
    headers: { origin: url, 'idempotency-key': v7(), 'x-school': 'northgate' },
    data: { givenName: 'Eve', familyName: formula, number: '-5', gradeLevel: 'UG', birthDate: '2012-02-03' },
  })
  expect(answer.status()).toBe(200)
}

async function exported(page: Page): Promise<{ name: string; text: string; rows: string[][] }> {
  await more(page).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Export as CSV' }).click()
  const file = await download
  const text = readFileSync(await file.path(), 'utf8')
  return { name: file.suggestedFilename(), text, rows: parse(text, { bom: true }) as string[][] }
}

test('a view with its columns is saved for everybody, opened by a colleague and exported as it is shown', async ({
  page,
  otherPage,
  site,
}) => {
  await signIn(page.context(), site.url, ann)
  await addFormula(page.context(), site.url)
  await page.goto(`${site.url}/northgate/students?grade=UG`)
  await expect(studentRow(page, formula)).toBeVisible()
  await more(page).click()
  await page.getByRole('menuitemcheckbox', { name: 'Email' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Status' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Preferred name' }).click()
  await expect(page).toHaveURL(/cols=number%2Cgrade%2Cborn%2Cpreferred/)
  await checkAccessInFull(page, 'the menu of columns')
  await page.keyboard.press('Escape')
  await views(page).click()
  await page.getByRole('menuitem', { name: 'Save this view…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Save this view' })
  await dialog.getByRole('button', { name: 'Save view' }).click()
  await expect(dialog.getByText('Enter a name for this view')).toBeVisible()
  await dialog.getByLabel('Name').fill('Ungraded and born')
  await dialog.getByLabel('Show it to everybody at this school').check()
  await checkAccessInFull(page, 'saving a view')
  await dialog.getByRole('button', { name: 'Save view' }).click()
  await expect(views(page)).toHaveText('Ungraded and born')

  await signIn(otherPage.context(), site.url, ben)
  await otherPage.goto(`${site.url}/northgate/students`)
  await views(otherPage).click()
  await otherPage.getByRole('menuitem', { name: 'Ungraded and born' }).click()
  await expect(studentRow(otherPage, formula)).toBeVisible()
  await expect(views(otherPage)).toHaveText('Ungraded and born')
  const heads = await otherPage.getByRole('columnheader').filter({ hasNotText: /^$/ }).allTextContents()
  const { name, text, rows } = await exported(otherPage)
  expect(name).toMatch(/^Northgate - Students - \d{4}-\d\d-\d\d\.csv$/)
  expect(text.startsWith('\uFEFF')).toBe(true)
  expect(rows).toEqual([
    ['Name', 'Number', 'Grade', 'Born', 'Preferred name'],
    [`'${formula}, Eve`, '-5', 'UG', '2012-02-03', ''],
  ])
  expect(heads).toEqual(rows[0])
})

test('a view of one’s own is changed and deleted by whose it is @full', async ({ page, site }) => {
  await signIn(page.context(), site.url, ben)
  await page.goto(`${site.url}/northgate/classes?term=all`)
  await views(page).click()
  await page.getByRole('menuitem', { name: 'Save this view…' }).click()
  await page.getByLabel('Name').fill('Every term')
  await page.keyboard.press('Enter')
  await expect(views(page)).toHaveText('Every term')
  await page.getByLabel('Search classes').fill('bio')
  await expect(views(page)).toHaveText('Views')
  const manage = async () => {
    await views(page).click()
    await page.getByRole('menuitem', { name: 'Change or delete views…' }).click()
  }
  await manage()
  await page.getByRole('button', { name: 'Change the view Every term' }).click()
  await page.getByLabel('Name').fill('Biology')
  await page.getByLabel('Take over the filters').check()
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(views(page)).toHaveText('Biology')
  await manage()
  await checkAccessInFull(page, 'saved views')
  await page.getByRole('button', { name: 'Delete the view Biology' }).click()
  await expect(page.getByText('Deleted the view “Biology”')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(views(page)).toHaveText('Views')
})

test('a list of 25,000 goes into a file whole, and a grade of it onto many sheets of paper @full', async ({
  page,
  largeSite,
}) => {
  await signIn(page.context(), largeSite.url, ann)
  await page.goto(`${largeSite.url}/northgate-demo-school/students?sort=number`)
  await expect(page.getByRole('table')).toHaveAttribute('aria-rowcount', '25001')
  const { rows } = await exported(page)
  expect(rows).toHaveLength(25_001)
  expect(new Set(rows.map((row) => row[1])).size).toBe(25_001)

  await page.goto(`${largeSite.url}/northgate-demo-school/students?grade=10&q=ab`)
  const shown = page.getByRole('table')
  await expect(shown).toHaveAttribute('aria-rowcount', /^\d{3}$/)
  const count = Number(await shown.getAttribute('aria-rowcount')) - 1
  await more(page).click()
  await page.getByRole('menuitem', { name: 'Print all rows' }).click()
  await expect(page.getByRole('button', { name: 'Print', exact: true })).toBeEnabled()
  await expect(page.locator('.paper-table tbody tr')).toHaveCount(count)
  await expect(page.getByText(/^Printed .* by Ann Lee$/)).toBeVisible()
  await expect(page.getByText(/^Search: “ab” · Grade 10 · /)).toBeVisible()
  expect(count).toBeGreaterThan(200)
  for (const format of ['A4', 'Letter']) {
    const sheets = String(await page.pdf({ format })).match(/\/Type\s*\/Page\b/g)
    expect(sheets?.length).toBeGreaterThan(count / 70)
  }
})

test('a list that is printed as it is begins at one edge with its title @full', async ({ page, site }) => {
  await signIn(page.context(), site.url, ann)
  await page.goto(`${site.url}/northgate/students`)
  await expect(studentRow(page, 'Abara, Amara')).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  const title = await page.getByRole('heading', { level: 1 }).boundingBox()
  const name = await studentRow(page, 'Abara, Amara').boundingBox()
  expect(name?.x).toBe(title?.x)
})

test('instructors and guardians are exported and printed, a roster with columns to write in @full', async ({
  page,
  site,
}) => {
  await signIn(page.context(), site.url, ann)
  await page.goto(`${site.url}/northgate/instructors`)
  const { rows } = await exported(page)
  expect(rows[0]?.[0]).toBe('Name')
  expect(rows.map(([name]) => name)).toContain('Holm, Ida')
  await more(page).click()
  await page.getByRole('menuitem', { name: 'Print all rows' }).click()
  await expect(page.getByRole('cell', { name: 'Holm, Ida' })).toBeVisible()
  await page.getByRole('link', { name: 'Back to the list' }).click()
  await page.goto(`${site.url}/northgate/guardians/print`)
  await expect(page.getByRole('heading', { name: 'Guardians' })).toBeVisible()

  await page.goto(`${site.url}/northgate/classes`)
  await page.getByRole('link', { name: 'Biology 10B' }).click()
  await page.getByRole('link', { name: 'Print roster' }).click()
  const roster = page.getByRole('table', { name: 'Biology 10B, all rows' })
  await expect(roster.getByRole('cell', { name: 'Abara, Amara' })).toBeVisible()
  await page.getByLabel('Empty columns').selectOption('10')
  await expect(roster.locator('tbody tr').first().locator('td')).toHaveCount(14)
  await checkAccessInFull(page, 'a roster on paper')
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } })
  test('views, file and paper are within reach @full', async ({ page, site }) => {
    await signIn(page.context(), site.url, ann)
    await page.goto(`${site.url}/northgate/students?grade=07`)
    await expect(studentRow(page, 'Abara, Amara')).toBeVisible()
    await views(page).click()
    await expect(page.getByRole('menuitem', { name: 'Save this view…' })).toBeInViewport()
    await page.keyboard.press('Escape')
    await more(page).click()
    await checkAccessInFull(page, 'the menu of a list on a phone')
    await page.getByRole('menuitem', { name: 'Print all rows' }).click()
    await expect(page.getByRole('cell', { name: 'Abara, Amara' })).toBeVisible()
    await checkAccessInFull(page, 'a list for paper on a phone')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  })
})

test('the separator that was chosen stands in the file, and is still chosen after a reload @full', async ({
  page,
  site,
}) => {
  await signIn(page.context(), site.url, ann)
  await page.goto(`${site.url}/northgate/students?cols=number,grade`)
  await more(page).click()
  await expect(page.getByRole('menuitemradio', { name: 'Comma' })).toBeChecked()
  await page.getByRole('menuitemradio', { name: 'Semicolon' }).click()
  await expect(page.getByRole('menuitemradio', { name: 'Semicolon' })).toBeChecked()
  await checkAccessInFull(page, 'the menu with another separator')
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Export as CSV' }).click()
  const [head, row] = readFileSync(await (await download).path(), 'utf8').split('\r\n')
  expect(head).toBe('\uFEFFName;Number;Grade')
  expect(row?.split(';')).toHaveLength(3)
  await page.reload()
  await more(page).click()
  await expect(page.getByRole('menuitemradio', { name: 'Semicolon' })).toBeChecked()
})
