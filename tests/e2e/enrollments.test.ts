import type { Page } from '@playwright/test'
import { checkAccessInFull } from './check-access.ts'
import { nextTerm } from './days.ts'
import { ann, ben, vic } from './people.ts'
import { ask, expect, ownSite, refusals, signIn, test } from './test.ts'

const own = ownSite()
test.use({ expectedErrors: refusals })

const at = (path: string) => `${own.url}/northgate${path}`

async function openNewClass(page: Page, title: string, capacity: number): Promise<string> {
  const { id } = await ask(page, own.url, 'classes.create', { title, capacity })
  await page.goto(at(`/classes/${id}`))
  await expect(page.getByRole('heading', { name: title })).toBeVisible()
  return id
}

/** By keyboard alone: a part of each name, and Enter. */
async function choose(page: Page, ...names: string[]): Promise<void> {
  await page.getByRole('button', { name: 'Enroll students' }).click()
  const panel = page.getByRole('dialog')
  for (const name of names) {
    await panel.getByRole('combobox', { name: 'Find a student' }).fill(name)
    await expect(panel.getByRole('option', { name: new RegExp(name, 'i') })).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(panel.getByRole('combobox')).toHaveValue('')
  }
}

async function withdraw(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Withdraw' }).click()
  await page.getByRole('dialog').getByLabel('Reason').selectOption('Change of schedule')
  await page.getByRole('dialog').getByRole('button', { name: 'Withdraw from class' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
}

const roster = (page: Page) => page.getByRole('table', { name: 'Students in this class' })
const waitlist = (page: Page) => page.getByRole('list', { name: 'Students waiting, first to last' })

test('a new class is enrolled until it is full, and the waitlist moves when somebody leaves', async ({ page }) => {
  await signIn(page.context(), own.url, ann)
  await page.goto(at('/classes'))
  await page.getByRole('link', { name: 'Add class' }).click()
  await page.getByLabel('Title').fill('Pottery')
  await page.getByLabel('Seats').fill('2')
  await page.getByLabel('This term').check()
  await page.getByRole('button', { name: 'Add class' }).click()
  await expect(page.getByRole('heading', { name: 'Pottery' })).toBeVisible()

  await choose(page, 'abara', 'bianchi', 'castillo')
  await expect(page.getByText('Pottery has 2 free seats; 3 chosen: 1 goes to the waitlist.')).toBeVisible()
  await page.getByRole('button', { name: 'Enroll 2, waitlist 1' }).click()
  await expect(roster(page).getByRole('link')).toHaveText(['Abara, Amara', 'Bianchi, Bo'])
  await expect(waitlist(page).getByRole('listitem')).toHaveText([/Castillo, Chidi/])

  await withdraw(page, 'Abara, Amara')
  await expect(page.getByText('Amara Abara is withdrawn from Pottery; Chidi Castillo has the seat')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Actions for Bianchi, Bo' })).toBeFocused()
  await expect(roster(page).getByRole('row', { name: /Castillo, Chidi/ })).toBeVisible()
  await expect(roster(page).getByRole('row', { name: /Abara, Amara/ })).toContainText('Withdrawn')
  await expect(waitlist(page)).toBeHidden()
})

test('who was withdrawn by mistake comes back by Undo @full', async ({ page }) => {
  await signIn(page.context(), own.url, ann)
  await openNewClass(page, 'Weaving', 5)
  await choose(page, 'okafor')
  await page.getByRole('button', { name: 'Enroll one student' }).click()
  await withdraw(page, 'Okafor, Quinn')
  await expect(roster(page)).toContainText('Withdrawn')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('Quinn Okafor is back in Weaving')).toBeVisible()
  await expect(roster(page)).not.toContainText('Withdrawn')
})

test('a refused enrollment keeps those chosen and says what stands against whom @full', async ({ page }) => {
  await signIn(page.context(), own.url, ann)
  await openNewClass(page, 'Drama', 5)
  await choose(page, 'petrov', 'rahman')
  const { rows } = await ask<{ rows: { id: string }[] }>(page, own.url, 'students.list', { search: 'rahman' })
  await ask(page, own.url, 'students.archive', { id: rows[0]?.id, version: 1 })
  await page.getByRole('button', { name: 'Enroll 2 students' }).click()
  const chosen = page.getByRole('list', { name: 'Chosen students' })
  await expect(chosen.getByRole('listitem').filter({ hasText: 'Rahman' })).toContainText('An archived student')
  await expect(chosen.getByRole('listitem')).toHaveCount(2)
  await chosen.getByRole('button', { name: 'Take Rahman, Tomas off' }).click()
  await page.getByRole('button', { name: 'Enroll one student' }).click()
  await expect(roster(page).getByRole('link')).toHaveText(['Petrov, Rosa'])
})

test('of two registrars who take the last seat, one gets it and the other is offered the waitlist', async ({
  page,
  otherPage,
}) => {
  await signIn(page.context(), own.url, ann)
  await signIn(otherPage.context(), own.url, ben)
  const classId = await openNewClass(page, 'Sailing', 1)
  await otherPage.goto(at(`/classes/${classId}`))
  await choose(page, 'ueda')
  await choose(otherPage, 'abara')
  for (const one of [page, otherPage]) await expect(one.getByText('Sailing has one free seat; 1 chosen.')).toBeVisible()
  await Promise.all([page, otherPage].map((one) => one.getByRole('button', { name: 'Enroll one student' }).click()))
  const offer = (one: Page) => one.getByRole('alert').getByRole('button', { name: 'Add to the waitlist' })
  await expect.poll(async () => (await offer(page).count()) + (await offer(otherPage).count())).toBe(1)
  const late = (await offer(page).count()) ? page : otherPage
  await expect(late.getByRole('alert')).toContainText('Sailing is full (1 of 1)')
  await offer(late).click()
  await expect(late.getByRole('dialog')).toBeHidden()
  await expect(roster(late).getByRole('link')).toHaveCount(1)
  await expect(waitlist(late).getByRole('listitem')).toHaveCount(1)
})

/** A class that meets on Mondays and Wednesdays. */
async function addMeetingClass(page: Page, title: string, startTime: string, endTime: string): Promise<string> {
  const { id } = await ask(page, own.url, 'classes.create', { title, capacity: 20 })
  const meetings = [1, 3].map((weekday) => ({ weekday, startTime, endTime }))
  await ask(page, own.url, 'meetings.update', { classId: id, from: '2026-09-01', to: null, meetings, seen: [] })
  return id
}
const idOf = async (page: Page, search: string): Promise<string> => {
  const { rows } = await ask<{ rows: { id: string }[] }>(page, own.url, 'students.list', { search })
  return rows[0]?.id ?? ''
}

test('what else a student has at the hours of a class is said before she is enrolled, and stops nobody @full', async ({
  page,
}) => {
  await signIn(page.context(), own.url, ann)
  const algebra = await addMeetingClass(page, 'Algebra 2', '09:00', '09:45')
  const pottery = await addMeetingClass(page, 'Printing', '09:30', '10:30')
  await addMeetingClass(page, 'Typing', '10:00', '11:00')
  const [quispe, rahman] = [await idOf(page, 'quispe'), await idOf(page, 'okafor')]
  await ask(page, own.url, 'classes.enroll', { classId: algebra, studentIds: [quispe] })

  await page.goto(at(`/classes/${pottery}`))
  await choose(page, 'quispe', 'okafor')
  const chosen = page.getByRole('list', { name: 'Chosen students' }).getByRole('listitem')
  await expect(chosen.filter({ hasText: 'Quispe' })).toContainText('Also in Algebra 2, Mon and Wed, 09:00–09:45')
  await expect(chosen.filter({ hasText: 'Okafor' })).not.toContainText('Also in')
  await expect(
    page.getByText('One of them has another class at the same time, and can be enrolled all the same.'),
  ).toBeVisible()
  await checkAccessInFull(page, 'enrolling into a collision')
  await page.getByRole('button', { name: 'Enroll 2 students' }).click()
  await expect(roster(page).getByRole('link')).toHaveText(['Okafor, Quinn', 'Quispe, Sam'])

  await page.goto(at(`/students/${rahman}`))
  await page.getByRole('button', { name: 'Add to classes' }).click()
  for (const title of ['Algebra 2', 'Typing']) {
    await page.getByRole('combobox', { name: 'Find a class' }).fill(title)
    await page.getByRole('dialog').getByLabel('Term').selectOption('All terms')
    await expect(page.getByRole('option', { name: title })).toBeVisible()
    await page.getByRole('combobox', { name: 'Find a class' }).press('Enter')
  }
  const classes = page.getByRole('list', { name: 'Chosen classes' }).getByRole('listitem')
  for (const title of ['Algebra 2', 'Typing'])
    await expect(classes.filter({ hasText: title })).toContainText('Also in Printing, Mon and Wed, 09:30–10:30')
  await checkAccessInFull(page, 'adding to classes that collide')
  await page.getByRole('button', { name: 'Add to 2 classes' }).click()
  await expect(page.getByRole('table', { name: 'Classes' })).toContainText('Typing')
})

test('a free seat is given to who waits, its dates are put right, and the class completed with a grade @full', async ({
  page,
}) => {
  await signIn(page.context(), own.url, ann)
  const classId = await openNewClass(page, 'Choir', 1)
  const [bianchi, ueda] = [await idOf(page, 'bianchi'), await idOf(page, 'ueda')]
  for (const studentIds of [[bianchi], [ueda]])
    await ask(page, own.url, 'classes.enroll', { classId, studentIds, waitlist: true })
  // Archived, she keeps her place and is passed over; the seat is free when she is back.
  const { version } = await ask<{ version: number }>(page, own.url, 'students.archive', {
    id: ueda,
    version: 1,
    standing: 'keep',
  })
  await page.reload()
  await withdraw(page, 'Bianchi, Bo')
  await ask(page, own.url, 'students.restore', { id: ueda, version })
  await page.reload()
  await expect(page.getByText('One seat is free.')).toBeVisible()
  await checkAccessInFull(page, 'class with a free seat')
  await page.getByRole('button', { name: 'Give free seats to those waiting' }).click()
  await expect(page.getByText('Enrolled in Choir: Lena Ueda')).toBeVisible()
  await expect(waitlist(page)).toBeHidden()

  const act = async (name: string) => {
    await page.getByRole('button', { name: 'Actions for Ueda, Lena' }).click()
    await page.getByRole('menuitem', { name }).click()
  }
  const dialog = page.getByRole('dialog')
  await act('Edit dates, grade and note')
  await dialog.getByLabel('First day').fill('soon')
  await dialog.getByRole('button', { name: 'Save changes' }).click()
  await expect(dialog.getByLabel('First day')).toBeFocused()
  await expect(dialog.getByLabel('First day')).toHaveAttribute('aria-invalid', 'true')
  await checkAccessInFull(page, 'dates of an enrollment, refused')
  await dialog.getByLabel('First day').fill('1 Sep 2026')
  await dialog.getByLabel('Note').fill('Came late')
  await dialog.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('Saved Lena Ueda’s enrollment')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Actions for Ueda, Lena' })).toBeFocused()
  await act('Edit dates, grade and note')
  await expect(dialog.getByLabel('First day')).toHaveValue(/^1 Sept? 2026$/)
  await dialog.getByRole('button', { name: 'Cancel' }).click()

  await act('Complete')
  await expect(dialog.getByLabel('Final grade')).toBeFocused()
  await page.keyboard.type('A-')
  await checkAccessInFull(page, 'completing a class')
  await dialog.getByLabel('Last day').fill('')
  await dialog.getByRole('button', { name: 'Complete class' }).click()
  await expect(dialog).toContainText('Enter the last day in the class')
  await dialog.getByLabel('Last day').fill('2026-11-20')
  await dialog.getByRole('button', { name: 'Complete class' }).click()
  await expect(page.getByText('Lena Ueda has completed Choir')).toBeVisible()
  await expect(roster(page).getByRole('row', { name: /Ueda, Lena/ })).toContainText('Completed')
})

test('instructors of a class are added, made primary and ended', async ({ page }) => {
  await signIn(page.context(), own.url, ann)
  await openNewClass(page, 'Botany', 12)
  await page.getByRole('button', { name: 'Add instructor' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Add instructor' }).click()
  await expect(page.getByRole('alert')).toContainText('Find an instructor and choose one first.')
  await page.getByRole('combobox', { name: 'Find an instructor' }).fill('hol')
  await expect(page.getByRole('option', { name: 'Holm, Ida' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Ida Holm will see this class and its roster.')).toBeVisible()
  await checkAccessInFull(page, 'adding an instructor')
  await page.getByRole('dialog').getByLabel('Primary instructor').uncheck()
  await page.getByRole('dialog').getByRole('button', { name: 'Add instructor' }).click()
  const teachers = page.getByRole('list', { name: 'Instructors of this class' })
  await expect(teachers).toContainText('Ida Holm')
  await page.getByRole('button', { name: 'Actions for Ida Holm' }).click()
  await page.getByRole('menuitem', { name: 'Make primary' }).click()
  await expect(teachers).toContainText('Primary instructor')
  await page.getByRole('button', { name: 'Actions for Ida Holm' }).click()
  await page.getByRole('menuitem', { name: 'Change dates' }).click()
  await page.getByRole('dialog').getByLabel('First day').fill('2026-09-01')
  await checkAccessInFull(page, 'dates of an assignment')
  await page.getByRole('dialog').getByRole('button', { name: 'Save dates' }).click()
  await expect(teachers).toContainText('since 1 Sept 2026')
  await page.getByRole('button', { name: 'Actions for Ida Holm' }).click()
  await page.getByRole('menuitem', { name: 'End assignment' }).click()
  await expect(page.getByRole('dialog')).toContainText('What Ida Holm has taught stays in the history.')
  await checkAccessInFull(page, 'ending an assignment')
  await page.getByRole('dialog').getByRole('button', { name: 'End assignment' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(page.getByText(/Ida Holm teaches until/)).toBeVisible()
})

test('two people each change one day of an assignment, and both days stay @full', async ({ page, otherPage }) => {
  await signIn(page.context(), own.url, ann)
  const classId = await openNewClass(page, 'Zoology', 12)
  const instructors = await ask<{ id: string; familyName: string }[]>(page, own.url, 'instructors.list', {})
  const instructorId = instructors.find(({ familyName }) => familyName === 'Holm')?.id
  await ask(page, own.url, 'classInstructors.create', { classId, instructorId, beginDate: '2026-08-31' })
  await signIn(otherPage.context(), own.url, ann)
  const open = async (one: Page) => {
    await one.goto(at(`/classes/${classId}`))
    await one.getByRole('button', { name: 'Actions for Ida Holm' }).click()
    await one.getByRole('menuitem', { name: 'Change dates' }).click()
    await expect(one.getByLabel('First day')).toBeFocused()
  }
  const teachers = page.getByRole('list', { name: 'Instructors of this class' })
  await open(page)
  await open(otherPage)
  await otherPage.getByLabel('First day').fill('1 Sept 2026')
  await otherPage.getByRole('button', { name: 'Save dates' }).click()
  await expect(teachers).toContainText('since 1 Sept 2026')
  await page.getByLabel('Last day').fill('18 Dec 2026')
  await page.getByRole('button', { name: 'Save dates' }).click()
  await expect(teachers).toContainText(/1 Sept 2026.*18 Dec 2026/)
})

test('a student is added to classes from her own page; a viewer sees no actions @full', async ({ page, otherPage }) => {
  await signIn(page.context(), own.url, ann)
  const { rows } = await ask<{ rows: { id: string }[] }>(page, own.url, 'students.list', { search: 'petrov' })
  await page.goto(at(`/students/${rows[0]?.id}`))
  await page.getByRole('button', { name: 'Add to classes' }).click()
  await page.getByRole('combobox', { name: 'Find a class' }).fill('chem')
  await expect(page.getByRole('option', { name: /Chemistry 11A/ })).toContainText('1 of 30')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Add to one class' }).click()
  await expect(page.getByRole('table', { name: 'Classes' })).toContainText('Chemistry 11A')

  await signIn(otherPage.context(), own.url, vic)
  await otherPage.goto(at(`/students/${rows[0]?.id}`))
  await expect(otherPage.getByRole('table', { name: 'Classes' })).toContainText('Chemistry 11A')
  await expect(otherPage.getByRole('button', { name: /Add to classes|Actions for/ })).toHaveCount(0)
  await otherPage.getByRole('link', { name: 'Chemistry 11A' }).click()
  await expect(roster(otherPage)).toBeVisible()
  await expect(otherPage.getByRole('button', { name: /Enroll|Archive|Add instructor|Actions for/ })).toHaveCount(0)
})

test('archiving a student who has places in classes asks what is to become of them @full', async ({ page }) => {
  await signIn(page.context(), own.url, ann)
  const { rows } = await ask<{ rows: { id: string }[] }>(page, own.url, 'students.list', { search: 'oberg' })
  await page.goto(at(`/students/${rows[0]?.id}`))
  await page.getByRole('button', { name: 'Archive', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Chemistry 11A')
  await dialog.getByRole('button', { name: 'Archive and withdraw from these classes' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('table', { name: 'Classes' })).toContainText('Withdrawn')
})

test('the list says which term it shows, and when that has no classes it offers all terms @full', async ({ page }) => {
  await signIn(page.context(), own.url, ann)
  await page.goto(at('/classes'))
  await expect(page.getByLabel('Term')).toHaveValue(/-/)
  const next = { title: 'Next term', type: 'term', ...nextTerm }
  const { id } = await ask(page, own.url, 'academicSessions.create', next)
  await page.goto(at(`/classes?term=${id}`))
  await expect(page.getByText('No classes in Next term')).toBeVisible()
  await page.getByRole('button', { name: 'Show all terms' }).click()
  await expect(page.getByRole('link', { name: 'Biology 10B' })).toBeVisible()
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })
  test('students are enrolled and withdrawn @full', async ({ page }) => {
    await signIn(page.context(), own.url, ann)
    await openNewClass(page, 'Chess', 4)
    await choose(page, 'petrov')
    await page.getByRole('button', { name: 'Enroll one student' }).tap()
    await expect(roster(page).getByRole('link')).toHaveText([/Petrov, Rosa/])
    await withdraw(page, 'Petrov, Rosa')
    await expect(roster(page)).toContainText('Withdrawn')
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  })
})

test('the screens of classes and enrollments have nothing that shuts people out @full', async ({ page }) => {
  await signIn(page.context(), own.url, ann)
  await page.goto(at('/classes'))
  await page.getByRole('link', { name: 'Add class' }).click()
  await page.getByRole('button', { name: 'Add class' }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await checkAccessInFull(page, 'new class, refused')
  await openNewClass(page, 'Astronomy', 1)
  await choose(page, 'abara', 'petrov')
  await page.getByRole('combobox').fill('a')
  await expect(page.getByRole('option').first()).toBeVisible()
  await checkAccessInFull(page, 'enrolling')
  await page.getByRole('combobox').fill('')
  await page.getByRole('button', { name: 'Enroll 1, waitlist 1' }).click()
  await expect(waitlist(page)).toBeVisible()
  await checkAccessInFull(page, 'class with a waitlist')
  await page.getByRole('button', { name: 'Actions for Abara, Amara' }).click()
  await page.getByRole('menuitem', { name: 'Withdraw' }).click()
  await page.getByRole('button', { name: 'Withdraw from class' }).click()
  await expect(page.getByText('Choose why the student leaves the class')).toBeVisible()
  await checkAccessInFull(page, 'withdrawing, refused')
})
