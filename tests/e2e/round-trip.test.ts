/** What a list's file says is pasted again: nothing is added and nothing changes, whatever people are called. */
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { checkAccess } from './check-access.ts'
import { ann } from './people.ts'
import { ask, expect, ownSite, signIn, test } from './test.ts'

const site = ownSite()
test.beforeEach(({ page }) => signIn(page.context(), site.url, ann))

/** Names as people and attackers have them. */
const hostile = [
  'Smith, Jr.',
  "'t Hooft",
  "'=1+1",
  '=1+1',
  '+44 20',
  '-7;',
  '@sum',
  'a\tb',
  'two\nlines',
  'say "so"',
  'x;=y,z',
  'עברית',
  'e\u0301\u200d',
  '1.0E+9',
  '007',
]
const each = <T>(make: (text: string, n: number) => T): T[] => hostile.map(make)
const people = (more: (text: string, n: number) => object = () => ({})) => [
  ...each((familyName, n) => ({ familyName, givenName: `Sam, ${n}`, middleName: familyName, ...more(familyName, n) })),
  ...each((givenName) => ({ givenName, familyName: '' })),
  { givenName: '', familyName: 'van der Berg' },
  { givenName: 'Same', familyName: 'Twice' },
  { givenName: 'Same', familyName: 'Twice' },
]

interface Kind {
  path: string
  procedures: string
  items: object[]
  cols: string
}
const kinds: Kind[] = [
  {
    path: 'students',
    procedures: 'students',
    items: people((number, n) => ({
      number,
      birthDate: '2012-03-04',
      gradeLevel: n % 2 ? '07' : 'Year 6',
      addresses: [{ kind: 'local', street: number, city: null, region: null, postalCode: null, country: null }],
    })),
    cols: 'number,grade,status,born,email,middle,preferred,local-street,local-city',
  },
  {
    path: 'guardians',
    procedures: 'guardians',
    items: people((text) => ({ phone: '+1 555 0100', otherPhone: text.slice(0, 40) })),
    cols: 'phone,email,otherPhone,middle,preferred',
  },
  { path: 'instructors', procedures: 'instructors', items: people(), cols: 'status,email,middle,preferred' },
  {
    path: 'terms',
    procedures: 'academicSessions',
    items: each((title) => ({ title, type: 'term', startDate: '2031-01-05', endDate: '2031-04-01', schoolYear: 2031 })),
    cols: 'startDate,endDate,type,parent,schoolYear',
  },
  {
    path: 'courses',
    procedures: 'courses',
    items: [...each((title) => ({ title, code: title, credits: '0.5' })), { title: 'Same' }, { title: 'Same' }],
    cols: 'code,credits,classes,department',
  },
  { path: 'rooms', procedures: 'rooms', items: each((name, seats) => ({ name, seats })), cols: 'seats,classes' },
  { path: 'departments', procedures: 'departments', items: each((name) => ({ name })), cols: 'programs' },
  {
    path: 'programs',
    procedures: 'programs',
    items: each((name) => ({ name, type: 'certificate' })),
    cols: 'type,students,department',
  },
  {
    path: 'classes',
    procedures: 'classes',
    items: [...each((title, n) => ({ title, code: title, capacity: n })), { title: 'Same' }, { title: 'Same' }],
    cols: 'instructors,taken',
  },
]

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

const separators = ['Comma', 'Semicolon', 'Tab']
for (const [index, { path, procedures, items, cols }] of kinds.entries())
  test(`${path}: a file of the whole list, pasted again, has nothing to add`, async ({ page }) => {
    await ask(page, site.url, `${procedures}.createMany`, { items })
    const separator = separators[index % separators.length] ?? 'Comma'
    for (const query of [`?cols=${cols}`, '']) {
      const term = path === 'classes' ? `${query ? '&' : '?'}term=all` : ''
      const file = await exported(page, `${site.url}/northgate/${path}${query}${term}`, separator)
      await paste(page, path, file)
      await expect(page.getByText('There is nothing to add')).toBeVisible()
      await expect(page.getByText(/^0 ready, \d+ in the register already$/)).toBeVisible()
      await page.getByRole('button', { name: 'Paste other rows' }).click()
    }
  })

test('the same child is told at the row: skipped, updated or added all the same, and undone in one go', async ({
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
  await expect(page.locator('.paste-choice > span')).toHaveText([/Grade$/, /Grade$/, /Row 3/])
  await checkAccess(page, 'rows that are known already')
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
