/** What a list's file says is pasted again: nothing is added and nothing changes, whatever people are called. */
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { checkAccessInFull } from './check-access.ts'
import { ann } from './people.ts'
import { ask, expect, ownSite, refusals, signIn, test } from './test.ts'

const site = ownSite()
test.beforeEach(({ page }) => signIn(page.context(), site.url, ann))

/** All lists are pasted again without a browser (tests/server/records/round-trip.sqlite.test.ts). */
const items = ['Smith, Jr.', '=1+1', '+44 20', 'a\tb', 'two\nlines', 'say "so"', 'x;=y,z', 'עברית', '007'].map(
  (number, n) => ({
    ...{ familyName: number, givenName: `Sam, ${n}`, middleName: number, number, birthDate: '2012-03-04' },
    gradeLevel: n % 2 ? '07' : 'Year 6',
    addresses: [{ kind: 'local', street: number, city: null, region: null, postalCode: null, country: null }],
  }),
)
const cols = 'number,grade,status,born,email,middle,preferred,local-street,local-city'

async function exported(page: Page, address: string, separator: string): Promise<string> {
  await page.goto(address)
  await page.getByRole('button', { name: 'Columns, export and print' }).click()
  await page.getByRole('menuitemradio', { name: separator }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Export as CSV' }).click()
  return readFile(await (await download).path(), 'utf8')
}

async function paste(page: Page, path: string, text: string): Promise<void> {
  await page.goto(`${site.url}/northgate/${path}/paste`)
  await page.getByLabel('Rows from your spreadsheet').fill(text)
  await page.getByRole('button', { name: 'Check the rows' }).click()
}

test('a file of the whole list, pasted again, has nothing to add', async ({ page }) => {
  await ask(page, site.url, 'students.createMany', { items })
  for (const [query, separator] of [
    [`?cols=${cols}`, 'Semicolon'],
    ['', 'Tab'],
  ]) {
    await paste(page, 'students', await exported(page, `${site.url}/northgate/students${query}`, String(separator)))
    await expect(page.getByText('There is nothing to add')).toBeVisible()
    await expect(page.getByText(/^0 ready, \d+ in the register already$/)).toBeVisible()
    await page.getByRole('button', { name: 'Paste other rows' }).click()
  }
})

test('the same child is told at the row: skipped, updated or added all the same, and undone in one go @full', async ({
  page,
}) => {
  const students = [
    { givenName: 'Kim', familyName: 'Alike', number: 'A-1', birthDate: '2012-01-02' },
    { givenName: 'Lee', familyName: 'Alike', birthDate: '2012-01-02', gradeLevel: '07' },
  ]
  await ask(page, site.url, 'students.createMany', { items: students })
  const rows = [
    'Name,Number,Grade,Born',
    '"Alike, Kim",A-1,8,2012-01-02',
    '"Alike, Lee",,8,2012-01-02',
    '"Alike, New",A-9,8,2012-01-02',
    '"Alike, New",,9,2012-01-02',
  ]
  await paste(page, 'students', rows.join('\n'))
  await expect(page.getByText('1 ready, 3 rows need another look')).toBeVisible()
  await expect(page.locator('.paste-choice > span')).toHaveText([
    /Grade$/,
    /Grade$/,
    /Same as row 3: Family name, Given name and Date of birth/,
  ])
  await checkAccessInFull(page, 'rows that are known already')
  await expect(page.getByLabel('Grade, row 2')).toHaveAccessibleDescription('In the register: 7')
  await page.getByLabel('What to do with row 1').selectOption({ label: 'Skip' })
  await expect(page.getByLabel('Add row 1')).not.toBeChecked()
  await page.getByLabel('Add row 1').click()
  await expect(page.getByLabel('What to do with row 1')).toHaveValue('')
  await page.getByLabel('What to do with row 1').selectOption({ label: 'Skip' })
  await page.getByLabel('What to do with row 2').selectOption({ index: 2 })
  await page.reload()
  await expect(page.getByLabel('What to do with row 1')).toHaveValue('skip')
  await page.getByLabel('What to do with row 4').selectOption({ label: 'Add all the same' })
  await page.getByRole('button', { name: 'Add 2 students and update 1' }).click()
  await expect(page.locator('.toasts')).toContainText('Added 2 students and updated 1')
  await page.getByLabel('Search students').fill('alike')
  const row = page.getByRole('row', { name: /Alike, Lee/ })
  const grade = row.getByRole('cell').nth(3)
  await expect(page.getByText('4 matching')).toBeVisible()
  await expect(grade).toHaveText('8')
  await page.locator('.toasts').getByRole('button', { name: 'Undo' }).click()
  await expect(page.locator('.toasts')).toContainText('Undone')
  await expect(page.getByText('2 matching')).toBeVisible()
  await expect(grade).toHaveText('7')
})

test.describe('two people', () => {
  test.use({ expectedErrors: refusals })

  test('a child whom somebody adds meanwhile is told at the row, and the rest of the block is saved @full', async ({
    page,
  }) => {
    await paste(page, 'students', 'Family name,Given name,Born\nBoth,Ada,2012-01-02\nBoth,Bea,2012-01-02')
    await expect(page.getByText('2 ready')).toBeVisible()
    const addAda = () =>
      ask(page, site.url, 'students.create', { familyName: 'Both', givenName: 'Ada', birthDate: '2012-01-02' })
    let isFirst = true
    await page.route('**/trpc/students.createMany', async (route) => {
      if (isFirst) await addAda()
      isFirst = false
      await route.continue()
    })
    await page.getByRole('button', { name: 'Add 2 students' }).click()
    await expect(page.getByRole('alert')).toContainText('somebody else has added the same meanwhile')
    await expect(page.getByText('1 ready, 1 in the register already')).toBeVisible()
    await page.getByRole('button', { name: 'Add one student' }).click()
    await expect(page.locator('.toasts')).toContainText('Added one student')
    await page.getByLabel('Search students').fill('both')
    await expect(page.getByText('2 matching')).toBeVisible()
  })
})
