/**
 * After each write the screen shows what it shows when it is loaded again. Every mutation and every query is gone through
 * in tests/server/refresh; here it is what people see, one page for a kind of record.
 */
import type { Locator, Page } from '@playwright/test'
import { countCalls, expectAsReloaded, settled } from './as-reloaded.ts'
import { ann } from './people.ts'
import { ask, expect, ownSite, refusals, signIn, test } from './test.ts'

const site = ownSite()
// Archiving what is in use asks first.
test.use({ expectedErrors: refusals })
test.beforeEach(async ({ page }) => {
  await countCalls(page)
  await signIn(page.context(), site.url, ann)
})

async function open(page: Page, path: string): Promise<void> {
  await page.goto(`${site.url}/northgate${path}`)
  await settled(page)
}
const press = (place: Page | Locator, name: string) => place.getByRole('button', { name, exact: true }).click()
async function choose(page: Page, of: string, item: string): Promise<void> {
  await press(page, `Actions for ${of}`)
  await page.getByRole('menuitem', { name: item }).click()
}
const dialog = (page: Page) => page.getByRole('dialog')
async function undo(page: Page): Promise<void> {
  await press(page.locator('.toasts'), 'Undo')
}
async function find(page: Page, what: string, text: string): Promise<void> {
  await dialog(page).getByRole('combobox', { name: what }).fill(text)
  await expect(dialog(page).getByRole('option', { name: new RegExp(text, 'i') })).toBeVisible()
  await page.keyboard.press('Enter')
}

const zone = { timeZone: 'Europe/London' }
const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
/** The day on which this week began in the school, as 'YYYY-MM-DD'. */
function thisMonday(): string {
  const now = new Date()
  const today = new Intl.DateTimeFormat('en-CA', zone).format(now)
  const since = days.indexOf(new Intl.DateTimeFormat('en-GB', { ...zone, weekday: 'long' }).format(now))
  return new Date(Date.parse(`${today}T00:00:00Z`) - since * 86_400_000).toISOString().slice(0, 10)
}

const create = async (page: Page, feature: string, fields: object): Promise<string> =>
  (await ask(page, site.url, `${feature}.create`, fields)).id
/** A class that meets every day of every week. */
async function addClass(page: Page, title: string, more: { capacity?: number; roomId?: string } = {}): Promise<string> {
  const classId = await create(page, 'classes', { title, ...more })
  const slot = { startTime: '09:00', endTime: '09:45', roomId: more.roomId }
  const meetings = days.map((_, index) => ({ ...slot, weekday: index + 1 }))
  await ask(page, site.url, 'meetings.update', { classId, from: thisMonday(), to: null, meetings, seen: [] })
  return classId
}
const addStudent = (page: Page, familyName: string): Promise<string> =>
  create(page, 'students', { givenName: 'Vera', familyName, gradeLevel: '07' })

test('a student: her classes, guardians, alerts and history', async ({ page }) => {
  await addClass(page, 'Calligraphy')
  const id = await addStudent(page, 'Vance')
  await open(page, `/students/${id}#history`)

  await press(page, 'Add to classes')
  await dialog(page).getByLabel('Term').selectOption('All terms')
  await find(page, 'Find a class', 'Calligraphy')
  await dialog(page).getByLabel('First day').fill(thisMonday())
  await press(dialog(page), 'Add to one class')
  await expect(dialog(page)).toBeHidden()
  await expectAsReloaded(page, 'Add to classes')
  await expect(page.getByRole('main')).toContainText('Mon–Sun, 09:00–09:45')

  await choose(page, 'Calligraphy', 'Withdraw')
  await dialog(page).getByLabel('Reason').selectOption('Change of schedule')
  await press(dialog(page), 'Withdraw from class')
  await expect(dialog(page)).toBeHidden()
  await expectAsReloaded(page, 'Withdraw')

  await press(page, 'Link guardian')
  await dialog(page).getByLabel('Find a guardian').fill('Gus Vance')
  await press(dialog(page), 'Add somebody new instead')
  await dialog(page).getByLabel('No contact with the student').check()
  await press(dialog(page), 'Link guardian')
  await expect(dialog(page)).toBeHidden()
  await expectAsReloaded(page, 'Link guardian')

  await choose(page, 'Gus Vance', 'Unlink from student')
  await expectAsReloaded(page, 'Unlink from student')

  await press(page, 'Add alert')
  await dialog(page).getByLabel('What must be known').fill('Peanut allergy')
  await press(dialog(page), 'Add alert')
  await expect(dialog(page)).toBeHidden()
  await expectAsReloaded(page, 'Add alert')

  await page.getByRole('button', { name: 'Undo this change' }).first().click()
  await expect(page.getByText('The change is taken back')).toBeVisible()
  await expectAsReloaded(page, 'Undo this change')

  await press(page, 'Archive')
  await expectAsReloaded(page, 'Archive')
  await press(page, 'Restore')
  await expectAsReloaded(page, 'Restore')
  await press(page, 'Archive')
  await press(page, 'Erase…')
  await dialog(page).getByRole('textbox').fill('Vera Vance')
  await press(dialog(page), 'Erase for good')
  await expect(dialog(page)).toBeHidden()
  await expectAsReloaded(page, 'Erase for good')
})

test('two records of one student @full', async ({ page }) => {
  const id = await addStudent(page, 'Twin')
  await addStudent(page, 'Twin')
  await open(page, `/students/${id}`)
  await page.getByRole('link', { name: 'Compare' }).click()
  await press(page, 'Merge records')
  await expect(page.getByText('are one now')).toBeVisible()
  await expectAsReloaded(page, 'Merge records')
})

test('a class: its places, instructors and meetings @full', async ({ page }) => {
  const id = await addClass(page, 'Pottery', { capacity: 1 })
  for (const name of ['Waverley', 'Wexford']) await addStudent(page, name)
  await open(page, `/classes/${id}#history`)

  await press(page, 'Enroll students')
  for (const name of ['Waverley', 'Wexford']) {
    await find(page, 'Find a student', name)
    await expect(dialog(page).getByRole('combobox')).toHaveValue('')
  }
  await press(dialog(page), 'Enroll 1, waitlist 1')
  await expect(dialog(page)).toBeHidden()
  await expectAsReloaded(page, 'Enroll')

  await choose(page, 'Waverley, Vera', 'Withdraw')
  await dialog(page).getByLabel('Reason').selectOption('Change of schedule')
  await press(dialog(page), 'Withdraw from class')
  await expect(dialog(page)).toBeHidden()
  await expectAsReloaded(page, 'Withdraw')

  await press(page, 'Add instructor')
  await find(page, 'Find an instructor', 'Holm')
  await press(dialog(page), 'Add instructor')
  await expect(dialog(page)).toBeHidden()
  await expectAsReloaded(page, 'Add instructor')

  await page.getByRole('link', { name: 'Change meetings' }).click()
  await page.getByRole('group', { name: 'Meeting 1' }).getByLabel('Begins').fill('08:30')
  await press(page, 'Save meetings')
  await expect(page.getByText('Saved the meetings of Pottery')).toBeVisible()
  await expectAsReloaded(page, 'Save meetings')

  await press(page, 'Archive')
  const way = dialog(page).getByRole('button', { name: /^Archive/ })
  await way.last().click()
  await expect(page.getByText('Pottery is archived')).toBeVisible()
  await expectAsReloaded(page, 'Archive')
})

/** Edits it on its own form and goes back to the list that was open before. */
async function rename(page: Page, place: string, name: string, field: string): Promise<void> {
  await open(page, `/${place}`)
  await page.getByRole('table').getByRole('link', { name }).click()
  await page.getByRole('link', { name: 'Edit' }).click()
  await page.getByLabel(field, { exact: true }).fill('Renamed')
  await press(page, 'Save changes')
  await expect(page.getByRole('link', { name: 'Edit' })).toBeVisible()
  await page.getByRole('main').getByRole('link').first().click()
  await expect(page.getByRole('table')).toContainText('Renamed')
  await expectAsReloaded(page, `Save changes of ${place}`)
}

test('rooms, courses, programs, departments, terms and instructors @full', async ({ page }) => {
  const departmentId = await create(page, 'departments', { name: 'Old department' })
  const roomId = await create(page, 'rooms', { name: 'Old room' })
  const courseId = await create(page, 'courses', { title: 'Old course', departmentId })
  await create(page, 'programs', { name: 'Old program', type: 'other', departmentId })
  const instructorId = await create(page, 'instructors', { givenName: 'Ivo', familyName: 'Oldman', departmentId })
  const days = { startDate: '2026-09-01', endDate: '2026-12-18' }
  const termId = await create(page, 'academicSessions', { title: 'Old term', type: 'term', ...days })
  const classId = await addClass(page, 'Old class', { roomId })
  await ask(page, site.url, 'classes.update', { id: classId, version: 1, courseId, academicSessionIds: [termId] })
  await ask(page, site.url, 'classInstructors.create', { classId, instructorId })
  for (const [place, name, field] of [
    ['rooms', 'Old room', 'Name'],
    ['courses', 'Old course', 'Title'],
    ['programs', 'Old program', 'Name'],
    ['departments', 'Old department', 'Name'],
    ['terms', 'Old term', 'Title'],
    ['instructors', 'Oldman, Ivo', 'Family name'],
  ] as const)
    await rename(page, place, name, field)
  await open(page, `/rooms/${roomId}`)
  await press(page, 'Archive')
  await dialog(page).getByRole('button', { name: 'Archive and take the room away from them' }).click()
  await expect(dialog(page)).toBeHidden()
  await expectAsReloaded(page, 'Archive a room')
})

test('a list: many changed at once, taken back, and the places that lead from it @full', async ({ page }) => {
  for (const name of ['Xenia', 'Xu']) await addStudent(page, name)
  await open(page, '/students?q=vera x')
  for (const name of ['Xenia, Vera', 'Xu, Vera']) await page.getByRole('checkbox', { name: `Select ${name}` }).click()
  await page.getByRole('button', { name: 'Set grade' }).click()
  await page.getByRole('menuitem', { name: 'Grade 8' }).click()
  await expect(page.getByText('Set for 2 students: Grade 8')).toBeVisible()
  await settled(page)
  await undo(page)
  await expect(page.getByText('Undone')).toBeVisible()
  await expectAsReloaded(page, 'Undo')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Home' }).click()
  await settled(page)
  await page.keyboard.press('Control+z')
  await expect(page.locator('.toasts')).not.toBeEmpty()
  await expectAsReloaded(page, 'Ctrl+Z at home')
})

test('people and roles @full', async ({ page }) => {
  await open(page, '/members')
  await page.getByRole('link', { name: 'Nia Ward' }).click()
  await press(page, 'Remove from school')
  await expect(page.getByText('This person finds the school gone')).toBeVisible()
  await expectAsReloaded(page, 'Remove from school')
  await press(page, 'Let in again')
  await expectAsReloaded(page, 'Let in again')
})
