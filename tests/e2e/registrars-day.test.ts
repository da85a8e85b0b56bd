/** One long day at the office, from an opened term to a printed roster: every part of the register, one after the other. */
import { readFileSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import { term, written } from './days.ts'
import { ann } from './people.ts'
import { expect, refusals, signIn, startSite, test } from './test.ts'

test.use({ expectedErrors: refusals })

const place = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true })
const isTitled = (page: Page, name: string) =>
  expect(page.getByRole('heading', { name, exact: true, level: 1 })).toBeVisible()

/** Fills the fields of an empty form by their labels and adds the record. */
async function add(page: Page, to: string, button: string, fields: Record<string, string>, title: string) {
  await place(page, to).click()
  await page.getByRole('link', { name: button }).click()
  for (const [label, value] of Object.entries(fields)) {
    const field = page.getByLabel(label, { exact: true })
    const isChoice = await field.evaluate((element) => element.tagName === 'SELECT')
    await (isChoice ? field.selectOption({ label: value }) : field.fill(value))
  }
  await page.getByRole('button', { name: button }).click()
  await isTitled(page, title)
}

async function addClass(page: Page, title: string, seats: string) {
  await place(page, 'Classes').click()
  await page.getByRole('link', { name: 'Add class' }).click()
  await page.getByLabel('Title').fill(title)
  await page.getByLabel('Seats').fill(seats)
  await page
    .getByLabel('Course')
    .selectOption({ label: /Pottery/.test(title) ? 'Pottery (ART-1)' : 'Painting (ART-2)' })
  await page.getByLabel('Room').selectOption({ index: 1 })
  await page.getByLabel('New term').check()
  await page.getByRole('button', { name: 'Add class' }).click()
  await isTitled(page, title)
}

async function addInstructor(page: Page, name: string) {
  await page.getByRole('button', { name: 'Add instructor' }).click()
  await page.getByRole('combobox', { name: 'Find an instructor' }).fill(name)
  await expect(page.getByRole('option').first()).toBeVisible()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByRole('button', { name: 'Add instructor' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
}

async function meet(page: Page, begins: string, ends: string): Promise<Locator> {
  const row = page.getByRole('group', { name: 'Meeting 1' })
  if (!(await row.isVisible())) await page.getByRole('button', { name: 'Add a time' }).click()
  await row.getByRole('button', { name: 'No day' }).click()
  await row.getByLabel('Monday').check()
  await row.getByLabel('Begins').fill(begins)
  await row.getByLabel('Ends').fill(ends)
  await row.getByLabel('Room').selectOption({ label: 'Studio' })
  return row
}

interface Day {
  page: Page
  /** The instructor's browser. */
  otherPage: Page
  url: string
}
const steps: Record<string, (day: Day) => Promise<void>> = {
  async 'opens a term, and adds a department, courses, a room and an instructor'({ page }) {
    const days = { 'First day': written(term.startDate, 'long'), 'Last day': written(term.endDate, 'long') }
    await add(page, 'Terms', 'Add term', { Title: 'New term', Type: 'Term', ...days }, 'New term')
    await add(page, 'Departments', 'Add department', { Name: 'Arts' }, 'Arts')
    for (const [Title, Code] of [
      ['Pottery', 'ART-1'],
      ['Painting', 'ART-2'],
    ] as const)
      await add(page, 'Courses', 'Add course', { Title, Code, Department: 'Arts' }, Title)
    await add(page, 'Rooms', 'Add room', { Name: 'Studio', Seats: '20' }, 'Studio')
    const names = { 'Given name': 'Pat', 'Family name': 'Reed' }
    await add(page, 'Instructors', 'Add instructor', names, 'Pat Reed')
  },
  async 'offers two classes, whose meetings collide until one of them moves'({ page }) {
    await addClass(page, 'Pottery A', '28')
    await addInstructor(page, 'reed')
    await page.getByRole('link', { name: /(Add|Change) meetings/ }).click()
    await meet(page, '9', '10')
    await page.getByRole('button', { name: 'Save meetings' }).click()
    await expect(page.getByText('Saved the meetings of Pottery A')).toBeVisible()

    await addClass(page, 'Painting A', '12')
    await addInstructor(page, 'holm')
    await page.getByRole('link', { name: /(Add|Change) meetings/ }).click()
    const row = await meet(page, '9:30', '10:30')
    await expect(row).toContainText('Pottery A is in Studio')
    await page.getByRole('button', { name: 'Save meetings' }).click()
    await expect(page.getByText('Choose another time or room, or say why it is to stand')).toBeVisible()
    await meet(page, '10', '11')
    await expect(page.getByText('No new collision')).toBeVisible()
    await page.getByRole('button', { name: 'Save meetings' }).click()
    await expect(page.getByText('Saved the meetings of Painting A')).toBeVisible()
  },
  async 'pastes thirty students from a spreadsheet'({ page, url }) {
    const rows = Array.from({ length: 30 }, (_, n) => {
      const number = String(n + 1).padStart(2, '0')
      return `Given${number}\tClay${number}\tC-${number}\t09`
    })
    await page.goto(`${url}/northgate/students/paste`)
    await page
      .getByLabel('Rows from your spreadsheet')
      .fill(['First name\tLast name\tNumber\tGrade', ...rows].join('\n'))
    await page.getByRole('button', { name: 'Check the rows' }).click()
    await page.getByRole('button', { name: 'Add 30 students' }).click()
    await expect(page.getByText('Added 30 students')).toBeVisible()
  },
  async 'links a guardian'({ page, url }) {
    await page.goto(`${url}/northgate/students?q=clay01`)
    await page.getByRole('table').getByRole('link', { name: 'Clay01, Given01' }).click()
    await page.getByRole('link', { name: 'Open page' }).click()
    await page.getByRole('button', { name: 'Link guardian' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Find a guardian').fill('Gina Clay')
    await dialog.getByRole('button', { name: 'Add somebody new instead' }).click()
    await dialog.getByLabel('May pick the student up').check()
    await dialog.getByRole('button', { name: 'Link guardian' }).click()
    await expect(page.getByRole('list', { name: /^Guardians, in the order/ })).toContainText('Gina Clay')
  },
  async 'enrolls until a class is full, and the waitlist moves'({ page }) {
    await place(page, 'Classes').click()
    await page.getByRole('table').getByRole('link', { name: 'Painting A' }).click()
    await isTitled(page, 'Painting A')
    await page.getByRole('button', { name: 'Enroll students' }).click()
    const panel = page.getByRole('dialog')
    for (let n = 1; n <= 13; n++) {
      const name = `clay${String(n).padStart(2, '0')}`
      await panel.getByRole('combobox', { name: 'Find a student' }).fill(name)
      await expect(panel.getByRole('option', { name: new RegExp(name, 'i') })).toBeVisible()
      await page.keyboard.press('Enter')
      await expect(panel.getByRole('combobox')).toHaveValue('')
    }
    await page.getByRole('button', { name: 'Enroll 12, waitlist 1' }).click()
    const roster = page.getByRole('table', { name: 'Students in this class' })
    await expect(roster.getByRole('link')).toHaveCount(12)
    await page.getByRole('button', { name: 'Actions for Clay05, Given05' }).click()
    await page.getByRole('menuitem', { name: 'Withdraw' }).click()
    await page.getByRole('dialog').getByLabel('Reason').selectOption('Change of schedule')
    await page.getByRole('dialog').getByRole('button', { name: 'Withdraw from class' }).click()
    await expect(roster.getByRole('row', { name: /Clay13/ })).toBeVisible()
  },
  async 'prints the roster'({ page }) {
    await page.getByRole('link', { name: 'Print roster' }).click()
    // The class's own page shows the same students until the one to print is there.
    await expect(page.getByRole('button', { name: 'Print', exact: true })).toBeEnabled()
    await expect(page.getByRole('table')).toContainText('Clay13, Given13')
    expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(5_000)
  },
  async 'saves a view and exports it'({ page, url }) {
    await page.goto(`${url}/northgate/students?q=clay`)
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('menuitem', { name: 'Save this view…' }).click()
    await page.getByRole('dialog').getByLabel('Name').fill('The clay class')
    await page.getByRole('dialog').getByRole('button', { name: 'Save view' }).click()
    await expect(page.getByText('Saved the view “The clay class”')).toBeVisible()
    await page.goto(`${url}/northgate/students`)
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('menuitem', { name: 'The clay class' }).click()
    await expect(page.getByRole('status').filter({ hasText: '30 matching' })).toBeVisible()
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Columns, export and print' }).click()
    await page.getByRole('menuitem', { name: 'Export as CSV' }).click()
    const text = readFileSync(await (await downloading).path(), 'utf8')
    expect(text.trim().split('\r\n')).toHaveLength(31)
    expect(text).toContain('C-30')
  },
  async 'invites the instructor, who sees only their own class and its students'({ page, otherPage }) {
    await place(page, 'People and roles').click()
    await page.getByRole('link', { name: 'Invite a person' }).click()
    await page.getByLabel('Instructor').selectOption({ label: 'Reed, Pat' })
    await page.getByLabel('Email').fill('pat@school.example')
    await page.getByRole('button', { name: 'Invite', exact: true }).click()
    const link = await page.getByRole('textbox', { name: 'Link' }).inputValue()
    await otherPage.goto(link)
    await otherPage.getByRole('textbox', { name: 'Password' }).fill('geese fly over the hill')
    await otherPage.getByRole('button', { name: 'Set password and come in' }).click()
    await place(otherPage, 'Classes').click()
    await expect(otherPage.getByRole('table').getByRole('link')).toHaveText(['Pottery A'])
    await place(otherPage, 'Students').click()
    await expect(otherPage.getByText('You have no students yet')).toBeVisible()
  },
}

test('a registrar’s day', async ({ page, otherPage }) => {
  const own = await startSite('small')
  await signIn(page.context(), own.url, ann)
  await page.goto(`${own.url}/northgate`)
  for (const [name, step] of Object.entries(steps)) await test.step(name, () => step({ page, otherPage, url: own.url }))
  // Pages that listen would notice the end.
  for (const open of [page, otherPage]) await open.goto('about:blank')
  await own.done()
})
