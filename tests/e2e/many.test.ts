import { readFile } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'
import { checkAccessInFull } from './check-access.ts'
import { ann } from './people.ts'
import { ask, expect, ownSite, refusals, signIn, studentRow, test } from './test.ts'

interface Made {
  outcomes: { id: string; version: number }[]
}
/** A family of so many in grade 7, and their list. */
async function openFamily(page: Page, familyName: string, count: number): Promise<Made['outcomes']> {
  const students = Array.from({ length: count }, (_, n) => ({
    givenName: `G${String(n).padStart(2, '0')}`,
    familyName,
    gradeLevel: '07',
  }))
  const { outcomes } = await ask<Made>(page, site.url, 'students.createMany', { items: students })
  await page.goto(`${site.url}/northgate/students?q=${familyName.toLowerCase()}`)
  await expect(page.getByText(`${count} matching`)).toBeVisible()
  return outcomes
}
const check = (page: Page, name: string) => page.getByRole('checkbox', { name: `Select ${name}` })
const bar = (page: Page) => barOf(page, 'students')
const barOf = (page: Page, what: string) => page.getByRole('region', { name: `Selected ${what}` })
const toasts = (page: Page) => page.locator('.toasts')

const site = ownSite()
test.beforeEach(({ page }) => signIn(page.context(), site.url, ann))

test('chosen students stay chosen while the next one is searched for', async ({ page }) => {
  await openFamily(page, 'Trayborn', 3)
  await check(page, 'Trayborn, G00').click()
  await page.getByRole('searchbox', { name: 'Search students' }).fill('trayborn g02')
  await expect(page.getByText('1 matching')).toBeVisible()
  await expect(bar(page)).toContainText('1 selected with Trayborn, G00')
  await check(page, 'Trayborn, G02').click()
  await expect(bar(page)).toContainText('2 selected with Trayborn, G00')
  await bar(page).getByRole('button', { name: 'Set grade' }).click()
  await page.getByRole('menuitem', { name: 'Grade 8' }).click()
  await expect(toasts(page)).toContainText('Set for 2 students: Grade 8')
  await page.getByRole('searchbox', { name: 'Search students' }).fill('trayborn')
  await expect(page.getByRole('row', { name: /Trayborn, G00/ })).toContainText('8')
  await expect(page.getByRole('row', { name: /Trayborn, G01/ })).toContainText('7')
})

test('a range and then all that match are chosen, changed, archived, and every step is undone', async ({ page }) => {
  await openFamily(page, 'Bulkley', 30)
  await check(page, 'Bulkley, G00').click()
  await check(page, 'Bulkley, G03').click({ modifiers: ['Shift'] })
  await expect(bar(page)).toContainText('4 selected')
  await checkAccessInFull(page, 'bulk bar')
  const download = page.waitForEvent('download')
  await bar(page).getByRole('button', { name: 'Export' }).click()
  const file = await readFile(await (await download).path(), 'utf8')
  expect(
    file
      .split('\r\n')
      .slice(1, -1)
      .map((line) => line.slice(0, 14)),
  ).toEqual(['00', '01', '02', '03'].map((n) => `"Bulkley, G${n}"`))
  await bar(page).getByRole('button', { name: 'Select all 30' }).click()
  await bar(page).getByRole('button', { name: 'Set grade' }).click()
  await page.getByRole('menuitem', { name: 'Grade 8' }).click()
  await expect(toasts(page)).toContainText('Set for 30 students: Grade 8')
  await expect(page.getByRole('row', { name: /Bulkley, G00/ })).toContainText('8')
  await toasts(page).getByRole('button', { name: 'Undo' }).click()
  await expect(toasts(page)).toContainText('Undone')
  await expect(page.getByRole('row', { name: /Bulkley, G00/ })).toContainText('7')

  await page.getByRole('checkbox', { name: 'Select all students of this list' }).click()
  await check(page, 'Bulkley, G01').click()
  await expect(bar(page)).toContainText('29 selected')
  await bar(page).getByRole('button', { name: 'Archive' }).click()
  await expect(toasts(page)).toContainText('Archived 29 students')
  await expect(page.getByRole('table').getByRole('link')).toHaveText(['Bulkley, G01'])
  await toasts(page).getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('30 matching')).toBeVisible()
})

test('without a mouse: Space chooses, Shift and an arrow go on, the button lets go @full', async ({ page }) => {
  await openFamily(page, 'Keysmith', 8)
  await studentRow(page, 'Keysmith, G00').focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  await expect(bar(page)).toContainText('3 selected')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await expect(check(page, 'Keysmith, G03')).toBeChecked()
  await bar(page).getByRole('button', { name: 'Clear selection' }).click()
  await expect(bar(page)).toHaveCount(0)
})

test.describe('when some cannot be changed', () => {
  test.use({ expectedErrors: refusals })

  test('who was changed meanwhile is named, and nobody is changed @full', async ({ page }) => {
    // This page has not heard of it yet: its stream of news begins, and nothing comes.
    await page.route('**/trpc/live.*', () => undefined)
    const [first] = await openFamily(page, 'Stalewell', 3)
    await page.getByRole('checkbox', { name: 'Select Stalewell, G00' }).click()
    await check(page, 'Stalewell, G01').click()
    await ask(page, site.url, 'students.update', { id: first?.id, version: 1, gradeLevel: '11' })
    await bar(page).getByRole('button', { name: 'Set status' }).click()
    await page.getByRole('menuitem', { name: 'Inactive' }).click()
    const dialog = page.getByRole('dialog', { name: /one student cannot be changed/ })
    await expect(dialog).toContainText('Stalewell, G00')
    await expect(dialog).toContainText('Somebody else changed this student meanwhile')
    await checkAccessInFull(page, 'refused')
    await dialog.getByRole('button', { name: 'Show the list as it is now' }).click()
    await expect(page.getByRole('row', { name: /Stalewell, G00/ })).toContainText('11')
    await expect(page.getByRole('table').getByText('Inactive')).toHaveCount(0)
  })

  test('thirty pasted students, one with a bad date and one whose number is taken', async ({ page }) => {
    const lines = Array.from({ length: 30 }, (_, n) =>
      [
        `Pasteur${n}`,
        `Pat`,
        n === 4 ? 'S-1001' : `P-${n}`,
        'Grade 7',
        n === 2 ? '31 Feb 2014' : '3 Mar 2014',
        'red',
      ].join('\t'),
    )
    await page.goto(`${site.url}/northgate/students`)
    await page.getByRole('link', { name: 'Add student' }).click()
    await page.getByRole('link', { name: 'Paste from a spreadsheet' }).click()
    const text = ['Surname\tFirst name\tStudent no.\tGrade\tDOB\tColor', ...lines].join('\r\n')
    await page.getByLabel('Rows from your spreadsheet').fill(text)
    await page.getByRole('button', { name: 'Check the rows' }).click()
    await expect(page.getByText('28 ready, 2 rows need another look')).toBeVisible()
    await expect(page.getByLabel('Column Color')).toHaveValue('')
    await checkAccessInFull(page, 'paste')
    await page.getByRole('button', { name: 'Add 28 students' }).click()
    await expect(page.getByRole('alert')).toContainText('Some rows need another look')
    await page.getByLabel('Date of birth, row 3').fill('28 Feb 2014')
    await expect(page.getByLabel('What to do with row 5')).toHaveValue('')
    await page.getByLabel('Student number, row 5').fill('P-4')
    await expect(page.getByText('30 ready')).toBeVisible()
    // A number that somebody takes while this page is open.
    await ask(page, site.url, 'students.create', { givenName: 'Meanwhile', familyName: 'Taken', number: 'P-9' })
    await expect(page.getByLabel('What to do with row 10')).toHaveValue('')
    await page.getByLabel('Student number, row 10').fill('P-10b')
    await page.getByRole('checkbox', { name: 'Add row 7', exact: true }).click()
    await page.getByRole('button', { name: 'Add 29 students' }).click()
    await expect(toasts(page)).toContainText('Added 29 students')
    await page.goto(`${site.url}/northgate/students?q=pasteur`)
    await expect(page.getByText('29 matching')).toBeVisible()
  })
})

test('a button that is pressed twice adds the pasted rows once @full', async ({ page }) => {
  await page.goto(`${site.url}/northgate/students/paste`)
  const text = 'First name\tLast name\nOne\tDoubleday\nTwo\tDoubleday'
  await page.getByLabel('Rows from your spreadsheet').fill(text)
  await page.getByRole('button', { name: 'Check the rows' }).click()
  await page.getByRole('button', { name: 'Add 2 students' }).dblclick()
  await expect(toasts(page)).toContainText('Added 2 students')
  await page.goto(`${site.url}/northgate/students?q=doubleday`)
  await expect(page.getByText('2 matching')).toBeVisible()
})

test.describe('rooms', () => {
  test.use({ expectedErrors: refusals })

  test('rooms are pasted, a bad row mended in its place; a range of them is given seats, and that is undone @full', async ({
    page,
  }) => {
    await ask(page, site.url, 'rooms.create', { name: 'Hall 9' })
    await page.goto(`${site.url}/northgate/rooms`)
    await page.getByRole('button', { name: 'Columns, export and print' }).click()
    await page.getByRole('menuitem', { name: 'Paste from a spreadsheet' }).click()
    const lines = ['Room\tCapacity\tFloor', 'Hall 1\t24\t1', 'Hall 2\ta few\t1', 'Hall 9\t24\t2', 'Hall 1\t20\t2']
    await page.getByLabel('Rows from your spreadsheet').fill(lines.join('\n'))
    await page.getByRole('button', { name: 'Check the rows' }).click()
    await expect(page.getByText('1 ready, 3 rows need another look')).toBeVisible()
    await expect(page.getByText('Enter a whole number, such as 30')).toHaveCount(1)
    await expect(page.getByText('Same as row 1: Name')).toBeVisible()
    await expect(page.getByLabel('Column Floor')).toHaveValue('')
    await checkAccessInFull(page, 'pasting rooms')
    await page.getByLabel('Seats, row 2').fill('24')
    await page.getByLabel('Name, row 4').fill('Hall 3')
    await expect(page.getByText('In the register; other here: Seats')).toBeVisible()
    await page.getByLabel('Name, row 3').fill('Hall 4')
    await page.getByRole('button', { name: 'Add 4 rooms' }).click()
    await expect(toasts(page)).toContainText('Added 4 rooms')

    await page.getByRole('button', { name: 'Columns, export and print' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Classes' }).click()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('columnheader').filter({ hasNotText: /^$/ })).toHaveText(['Name', 'Seats'])
    await page.getByLabel('Search rooms').fill('hall')
    await expect(page.getByText('5 matching')).toBeVisible()
    await check(page, 'Hall 1').click()
    await check(page, 'Hall 3').click({ modifiers: ['Shift'] })
    await expect(barOf(page, 'rooms')).toContainText('3 selected')
    await barOf(page, 'rooms').getByRole('button', { name: 'Set seats' }).click()
    const dialog = page.getByRole('dialog', { name: 'Set seats' })
    await expect(dialog).toContainText('3 selected')
    await dialog.getByLabel('Seats').fill('some')
    await dialog.getByRole('button', { name: 'Set seats' }).click()
    await expect(dialog.getByText('Enter a whole number, such as 30')).toBeVisible()
    await dialog.getByLabel('Seats').fill('12')
    await dialog.getByRole('button', { name: 'Set seats' }).click()
    await expect(toasts(page)).toContainText('Set for 3 rooms: 12 seats')
    await expect(page.getByRole('row', { name: /Hall 2/ })).toContainText('12')
    await toasts(page).getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByRole('row', { name: /Hall 2/ })).toContainText('24')
    await expect(page.getByRole('row', { name: /Hall 3/ })).toContainText('20')
  })
})

test.describe('courses and classes', () => {
  test.use({ expectedErrors: refusals })

  test('archiving several courses says once which classes they have; all that match are changed by their filter @full', async ({
    page,
  }) => {
    const titles = ['Tuba I', 'Tuba II', 'Tuba III']
    const { outcomes } = await ask<Made>(page, site.url, 'courses.createMany', {
      items: titles.map((title) => ({ title })),
    })
    const courseId = outcomes[1]?.id
    await ask(page, site.url, 'classes.createMany', {
      items: ['A', 'B'].map((group) => ({ title: `Tuba II ${group}`, courseId })),
    })
    await page.goto(`${site.url}/northgate/courses?q=tuba`)
    await page.getByRole('checkbox', { name: 'Select all courses of this list' }).click()
    await barOf(page, 'courses').getByRole('button', { name: 'Archive' }).click()
    const dialog = page.getByRole('dialog', { name: 'Archive 3 courses' })
    await expect(dialog).toContainText('2 classes are linked to them')
    await expect(dialog).toContainText('Tuba II A and Tuba II B')
    await checkAccessInFull(page, 'archiving many that are in use')
    await dialog.getByRole('button', { name: 'Archive and keep them as they are' }).click()
    await expect(toasts(page)).toContainText('Archived 3 courses')
    await expect(page.getByText('No courses match')).toBeVisible()
    await toasts(page).getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByText('3 matching')).toBeVisible()

    await page.goto(`${site.url}/northgate/classes?q=tuba&term=all`)
    await page.getByRole('checkbox', { name: 'Select all classes of this list' }).click()
    await barOf(page, 'classes').getByRole('button', { name: 'Set course' }).click()
    await page.getByRole('menuitem', { name: 'Tuba III' }).click()
    await expect(toasts(page)).toContainText('Set for 2 classes: Tuba III')
    await expect(page.getByRole('row', { name: /Tuba II B/ })).toContainText('Tuba III')
  })
})

/** A real finger: it comes down on the row, and rests there until something has happened. */
async function holdUntil(page: Page, row: Locator, happened: () => Promise<void>): Promise<void> {
  const box = await row.boundingBox()
  const point = { x: (box?.x ?? 0) + 60, y: (box?.y ?? 0) + 12 }
  const finger = await page.context().newCDPSession(page)
  await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [point] })
  await happened()
  await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('"Select" makes a tap choose a row; then the chosen are changed @full', async ({ page }) => {
    await openFamily(page, 'Thumb', 4)
    await page.getByRole('button', { name: 'Select', exact: true }).tap()
    await studentRow(page, 'Thumb, G00').tap()
    await check(page, 'Thumb, G02').tap()
    await expect(bar(page)).toContainText('2 selected')
    await expect(page).not.toHaveURL(/student=/)
    await checkAccessInFull(page, 'select mode')
    await bar(page).getByRole('button', { name: 'Set status' }).tap()
    await page.getByRole('menuitem', { name: 'Inactive' }).tap()
    await expect(toasts(page)).toContainText('Set for 2 students: Inactive')
    await bar(page).getByRole('button', { name: 'Done' }).tap()
    await page.goto(`${site.url}/northgate/students/paste`)
    await page.getByLabel('Rows from your spreadsheet').fill('Name\nThumb, Tom')
    await page.getByRole('button', { name: 'Check the rows' }).tap()
    await expect(page.getByLabel('Name (family, given), row 1')).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    await checkAccessInFull(page, 'paste')
  })
  test('a finger that rests on a row begins to select @full', async ({ page }) => {
    const items = ['Ada', 'Bea'].map((givenName) => ({ givenName, familyName: 'Hold', phone: '555 0199' }))
    await ask(page, site.url, 'guardians.createMany', { items })
    await page.goto(`${site.url}/northgate/guardians?q=hold`)
    await expect(page.getByText('2 matching')).toBeVisible()
    await holdUntil(page, studentRow(page, 'Hold, Ada'), () =>
      expect(barOf(page, 'guardians')).toContainText('1 selected'),
    )
    await expect(check(page, 'Hold, Ada')).toBeChecked()
    await studentRow(page, 'Hold, Bea').tap()
    await expect(barOf(page, 'guardians')).toContainText('2 selected')
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    await checkAccessInFull(page, 'guardians selected')
    await barOf(page, 'guardians').getByRole('button', { name: 'Archive' }).tap()
    await expect(toasts(page)).toContainText('Archived 2 guardians')
  })
})
