/** Many students of a class at once. Every press is counted: docs/office.md tells how many a job takes. */
import type { Page } from '@playwright/test'
import { checkAccessInFull } from './check-access.ts'
import { term } from './days.ts'
import { ann, vic } from './people.ts'
import { ask, expect, ownSite, refusals, signIn, test } from './test.ts'

const own = ownSite()
const at = (path: string) => `${own.url}/northgate${path}`
const roster = (page: Page) => page.getByRole('table', { name: 'Students in this class' })
const bar = (page: Page) => page.getByRole('region', { name: 'Selected students' })
const toasts = (page: Page) => page.locator('.toasts')

interface Made {
  outcomes: { id: string }[]
}
/** Two classes, and so many students in the first. */
async function twoClasses(page: Page, name: string, count: number, capacity: number | null = null) {
  const session = await ask(page, own.url, 'academicSessions.create', {
    title: `Term of ${name}`,
    type: 'term',
    ...term,
  })
  const about = { academicSessionIds: [session.id] }
  const { id } = await ask(page, own.url, 'classes.create', { title: `${name} 1`, ...about })
  const { id: otherId } = await ask(page, own.url, 'classes.create', { title: `${name} 2`, capacity, ...about })
  const items = Array.from({ length: count }, (_, n) => ({
    givenName: `G${String(n).padStart(2, '0')}`,
    familyName: name,
    number: `${name}-${n}`,
    gradeLevel: n % 2 ? '09' : '10',
  }))
  const { outcomes } = await ask<Made>(page, own.url, 'students.createMany', { items })
  const studentIds = outcomes.map((one) => one.id)
  await ask(page, own.url, 'classes.enroll', { classId: id, studentIds, beginDate: '2024-09-02' })
  await page.goto(at(`/classes/${id}`))
  await expect(roster(page).getByRole('link')).toHaveCount(count)
  return { id, otherId }
}
const choose = async (page: Page, title: string) => {
  const panel = page.getByRole('dialog')
  await panel.getByRole('combobox', { name: 'Find a class' }).fill(title)
  await expect(panel.getByRole('option', { name: new RegExp(title) })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(panel.getByRole('list', { name: 'The class' })).toContainText(title)
}

test.beforeEach(({ page }) => signIn(page.context(), own.url, ann))

test('twenty-five students move to another class in four presses, and one Undo brings them back', async ({ page }) => {
  const { otherId } = await twoClasses(page, 'Mover', 25)
  await page.getByRole('checkbox', { name: 'Select all students in this class' }).click()
  await expect(bar(page)).toContainText('25 selected')
  await checkAccessInFull(page, 'roster bar')
  await bar(page).getByRole('button', { name: 'Move to another class' }).click()
  await choose(page, 'Mover 2')
  await checkAccessInFull(page, 'move panel')
  await page.getByRole('button', { name: 'Move 25 students' }).click()
  await expect(toasts(page)).toContainText('25 students moved to Mover 2')
  await expect(roster(page).getByText('Withdrawn')).toHaveCount(25)
  const isWhole = (name: HTMLElement) => name.scrollWidth <= name.clientWidth
  expect(await roster(page).getByRole('link', { name: /G07/ }).evaluate(isWhole), 'the name is not cut').toBe(true)
  await expect(bar(page)).toHaveCount(0)
  await toasts(page).getByRole('button', { name: 'Undo' }).click()
  await expect(toasts(page)).toContainText('Undone')
  await expect(roster(page).getByText('Withdrawn')).toHaveCount(0)
  await expect(page.getByRole('heading', { name: 'Roster 25' })).toBeVisible()
  await page.goto(at(`/classes/${otherId}`))
  await expect(page.getByText('Nobody is in this class yet')).toBeVisible()
})

test('by keyboard: Space chooses, and those chosen leave together', async ({ page }) => {
  await twoClasses(page, 'Leaver', 3)
  await page.getByRole('checkbox', { name: 'Select Leaver, G00' }).focus()
  await page.keyboard.press('Space')
  await page.getByRole('checkbox', { name: 'Select Leaver, G02' }).focus()
  await page.keyboard.press('Space')
  await bar(page).getByRole('button', { name: 'Withdraw' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Withdraw 2 students from Leaver 1' })
  await dialog.getByLabel('Reason').selectOption('Moved away')
  await dialog.getByRole('button', { name: 'Withdraw 2 students' }).press('Enter')
  await expect(toasts(page)).toContainText('2 students are withdrawn from Leaver 1')
  await expect(roster(page).getByRole('row', { name: /G01/ })).not.toContainText('Withdrawn')
  await toasts(page).getByRole('button', { name: 'Undo' }).click()
  await expect(roster(page).getByText('Withdrawn')).toHaveCount(0)
})

test.describe('when there is no room', () => {
  test.use({ expectedErrors: refusals })

  test('nobody moves and each is named; enrolling besides offers the waitlist', async ({ page }) => {
    await twoClasses(page, 'Crowd', 3, 1)
    await page.getByRole('checkbox', { name: 'Select all students in this class' }).click()
    await bar(page).getByRole('button', { name: 'Move to another class' }).click()
    await choose(page, 'Crowd 2')
    await page.getByRole('button', { name: 'Move 3 students' }).click()
    await expect(page.getByRole('alert')).toContainText('Nobody was moved: 2 can’t be')
    await expect(page.getByRole('alert')).toContainText('Crowd, G01')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await bar(page).getByRole('button', { name: 'Enroll elsewhere too' }).click()
    await choose(page, 'Crowd 2')
    await page.getByRole('button', { name: 'Enroll 1, waitlist 2' }).click()
    await expect(toasts(page)).toContainText('1 student enrolled in Crowd 2; 2 students on the waitlist of Crowd 2')
    await expect(bar(page)).toContainText('3 selected')
  })
})

test('the order of those who wait: by keyboard, by dragging, and back by Undo', async ({ page }) => {
  const { id } = await ask(page, own.url, 'classes.create', { title: 'Line', capacity: 1 })
  const items = ['Seated', 'Anna', 'Bert', 'Cleo'].map((givenName) => ({ givenName, familyName: 'Liner' }))
  const { outcomes } = await ask<Made>(page, own.url, 'students.createMany', { items })
  await ask(page, own.url, 'classes.enroll', { classId: id, studentIds: outcomes.map((one) => one.id), waitlist: true })
  await page.goto(at(`/classes/${id}`))
  const line = page.getByRole('list', { name: 'Students waiting, first to last' }).getByRole('listitem')
  await expect(line).toHaveText([/Anna/, /Bert/, /Cleo/])
  await page.getByRole('button', { name: 'Place of Liner, Anna' }).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(line).toHaveText([/Bert/, /Cleo/, /Anna/])
  await expect(page.getByRole('button', { name: 'Place of Liner, Anna' })).toBeFocused()
  await checkAccessInFull(page, 'waitlist in another order')
  await page.keyboard.press('Escape')
  await expect(line).toHaveText([/Anna/, /Bert/, /Cleo/])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(toasts(page)).toContainText('Anna Liner is now at place 2 of the waitlist')
  await page.getByRole('button', { name: 'Place of Liner, Cleo' }).dragTo(line.nth(0))
  await expect(toasts(page)).toContainText('Cleo Liner is now at place 1 of the waitlist')
  await expect(line).toHaveText([/Cleo/, /Bert/, /Anna/])
  await page.reload()
  await expect(line).toHaveText([/Cleo/, /Bert/, /Anna/])
})

test('students of the list come into a class and leave it together', async ({ page }) => {
  const { id } = await twoClasses(page, 'Lister', 4)
  await page.goto(at('/students?q=lister'))
  await page.getByRole('checkbox', { name: 'Select all students of this list' }).click()
  const list = page.getByRole('region', { name: 'Selected students' })
  await list.getByRole('button', { name: 'Enroll in a class' }).click()
  await choose(page, 'Lister 2')
  await page.getByRole('button', { name: 'Enroll 4 students' }).click()
  await expect(toasts(page)).toContainText('4 students enrolled in Lister 2')
  await expect(list).toContainText('4 selected')
  await list.getByRole('button', { name: 'Withdraw from a class' }).click()
  await choose(page, 'Lister 1')
  await expect(page.getByText('4 of 4 are in Lister 1.')).toBeVisible()
  await checkAccessInFull(page, 'withdraw from a class')
  await page.getByRole('dialog').getByLabel('Reason').selectOption('Change of schedule')
  await page.getByRole('button', { name: 'Withdraw 4 students' }).click()
  await expect(toasts(page)).toContainText('4 students are withdrawn from Lister 1')
  await page.goto(at(`/classes/${id}`))
  await expect(roster(page).getByText('Withdrawn')).toHaveCount(4)
})

test('a viewer chooses nobody @full', async ({ page }) => {
  const { id } = await twoClasses(page, 'Viewed', 2)
  // An open page would go on asking, and be refused while the person changes.
  await page.goto('about:blank')
  await signIn(page.context(), own.url, vic)
  await page.goto(at(`/classes/${id}`))
  await expect(roster(page).getByRole('link')).toHaveCount(2)
  await expect(page.getByRole('checkbox')).toHaveCount(0)
})
