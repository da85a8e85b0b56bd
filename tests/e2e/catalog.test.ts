import type { Page } from '@playwright/test'
import { checkAccessInFull } from './check-access.ts'
import { nextYear } from './days.ts'
import { ann, ben, ida, vic } from './people.ts'
import { ask, expect, ownSite, refusals, signIn, test } from './test.ts'

const own = ownSite()
test.use({ expectedErrors: refusals })

const at = (path: string) => `${own.url}/northgate${path}`
const row = (page: Page, name: string | RegExp) => page.getByRole('table').getByRole('link', { name })
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true, level: 1 })

/** Through the left bar to the list, and on to its empty form. */
async function goToNew(page: Page, place: string, add: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: place, exact: true }).click()
  await page.getByRole('link', { name: add }).click()
}

test('a registrar opens a school year and a term in it @full', async ({ page }) => {
  const [begin, end] = [`${nextYear}`, `${nextYear + 1}`]
  const year = `${begin}/${end.slice(2)}`
  await signIn(page.context(), own.url, ben)
  await page.goto(at('/students'))
  await goToNew(page, 'Terms', 'Add term')
  await page.getByLabel('Title').fill(year)
  await page.getByLabel('Type').selectOption('School year')
  await page.getByLabel('School year ends in').fill(end)
  await page.getByLabel('First day').fill(`1 September ${begin}`)
  await page.getByLabel('Last day').fill(`31 aug ${begin}`)
  await page.getByRole('button', { name: 'Add term' }).click()
  await expect(page.getByLabel('Last day')).toBeFocused()
  await page.getByLabel('Last day').fill(`31 July ${end}`)
  // The list that lacks the new year is still on its way when the form opens.
  const termList = /trpc\/[^?]*academicSessions\.list/
  let arrive = () => {}
  const late = new Promise<void>((resolve) => {
    arrive = resolve
  })
  await page.route(termList, (route) => late.then(() => route.continue()))
  await page.getByRole('button', { name: 'Add term' }).click()
  await expect(heading(page, year)).toBeVisible()
  await expect(page.getByText(`1 Sept ${begin} to 31 Jul ${end}`)).toBeVisible()

  await page.getByRole('link', { name: 'Add a shorter term' }).click()
  await page.waitForURL(/parent=/)
  arrive()
  await expect(page.getByLabel('Part of')).toHaveValue(/.+/)
  await page.unroute(termList)
  await expect(page.getByLabel('School year ends in')).toHaveValue(end)
  await page.getByLabel('Title').fill(`Autumn ${begin}`)
  await page.getByLabel('First day').fill(`1 Aug ${begin}`)
  await page.getByLabel('Last day').fill(`17 Dec ${begin}`)
  await page.getByRole('button', { name: 'Add term' }).click()
  await expect(page.getByText('These days lie outside the longer term').first()).toBeVisible()
  await page.getByLabel('First day').fill(`2 Sept ${begin}`)
  await page.getByRole('button', { name: 'Add term' }).click()
  await expect(heading(page, `Autumn ${begin}`)).toBeVisible()

  // The year has as many classes as the list behind its link: those of its shorter terms.
  const termId = new URL(page.url()).pathname.split('/').at(-1)
  await ask(page, own.url, 'classes.create', { title: 'Autumn class', academicSessionIds: [termId] })
  await page.getByRole('definition').getByRole('link', { name: year }).click()
  await page.getByRole('link', { name: 'Show the class' }).click()
  await expect(page.getByRole('table').getByRole('link')).toHaveText(['Autumn class'])

  await page.getByRole('link', { name: 'Terms' }).first().click()
  await expect(row(page, /.*/)).toHaveText([year, `Autumn ${begin}`, /This term/])
})

test('a department, a course and an instructor are added, and each leads to the others', async ({ page }) => {
  await signIn(page.context(), own.url, ben)
  await page.goto(at('/students'))
  await goToNew(page, 'Departments', 'Add department')
  await page.getByLabel('Name').fill('Humanities')
  await page.keyboard.press('Enter')
  await expect(heading(page, 'Humanities')).toBeVisible()

  await goToNew(page, 'Courses', 'Add course')
  await page.getByLabel('Title').fill('World History')
  await page.getByLabel('Code').fill('HIS-1')
  await page.getByLabel('Credits').fill('a lot')
  await page.getByLabel('Department').selectOption('Humanities')
  await page.getByRole('button', { name: 'Add course' }).click()
  await expect(page.getByText('Enter a number such as 3 or 0.5', { exact: true })).toBeVisible()
  await page.getByLabel('Credits').fill('0.5')
  await page.getByRole('button', { name: 'Add course' }).click()
  await expect(heading(page, 'World History')).toBeVisible()

  await goToNew(page, 'Instructors', 'Add instructor')
  await page.getByLabel('Given name').fill('Noor')
  await page.getByLabel('Family name').fill('Álvarez')
  await page.getByLabel('Department').selectOption('Humanities')
  await page.getByRole('button', { name: 'Add instructor' }).click()
  await page.getByRole('link', { name: 'Humanities' }).click()
  await expect(page.getByRole('link', { name: 'World History' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Álvarez, Noor' })).toBeVisible()

  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Instructors', exact: true }).click()
  await page.getByLabel('Search instructors').fill('alvarez')
  await expect(page.getByRole('status').filter({ hasText: '1 matching' })).toBeVisible()
  await page.getByLabel('Search instructors').fill('')
  await page.getByRole('button', { name: 'Name' }).click()
  await expect(row(page, /.*/)).toHaveText(['Holm, Ida', 'Álvarez, Noor'])
  await page.getByLabel('Search instructors').press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(heading(page, 'Ida Holm')).toBeVisible()
  await expect(page.getByRole('table', { name: 'Classes' })).toContainText('Biology 10B')
})

test('a name that is taken is said at its field, and what was typed stays @full', async ({ page }) => {
  await signIn(page.context(), own.url, ben)
  await ask(page, own.url, 'rooms.create', { name: 'Lab 1', seats: 24 })
  await page.goto(at('/rooms/new'))
  await page.getByLabel('Name').fill('Lab 1')
  await page.getByLabel('Seats').fill('30')
  await page.getByRole('button', { name: 'Add room' }).click()
  await expect(page.getByLabel('Name')).toBeFocused()
  await expect(page.getByText('Another room has this name').first()).toBeVisible()
  await expect(page.getByLabel('Seats')).toHaveValue('30')
  await page.getByLabel('Name').fill('Lab 2')
  await page.getByRole('button', { name: 'Add room' }).click()
  await expect(heading(page, 'Lab 2')).toBeVisible()
})

test('archiving a room that classes use asks what is to become of them', async ({ page }) => {
  await signIn(page.context(), own.url, ben)
  const room = await ask(page, own.url, 'rooms.create', { name: 'Old hall' })
  const { id } = await ask(page, own.url, 'classes.create', { title: 'Choir 7', roomId: room.id })
  await page.goto(at(`/rooms/${room.id}`))
  await expect(page.getByRole('table', { name: 'Classes' })).toContainText('Choir 7')
  await page.getByRole('button', { name: 'Archive' }).click()
  const dialog = page.getByRole('dialog', { name: 'Archive Old hall?' })
  await expect(dialog).toContainText('One class uses this room')
  await expect(dialog).toContainText('Choir 7')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog).toBeHidden()
  await page.getByRole('button', { name: 'Archive' }).click()
  await dialog.getByRole('button', { name: 'Archive and take the room away from them' }).click()
  await expect(page.getByText('Old hall is archived')).toBeVisible()
  await expect(page.getByText('No class uses this room.')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('Old hall is back on the lists')).toBeVisible()
  await expect(page.getByRole('table', { name: 'Classes' })).toContainText('Choir 7')
  await page.getByRole('button', { name: 'Archive' }).click()
  await dialog.getByRole('button', { name: 'Archive and take the room away from them' }).click()
  await expect(page.getByText('No class uses this room.')).toBeVisible()

  await page.getByRole('link', { name: 'Rooms', exact: true }).first().click()
  await expect(row(page, 'Old hall')).toHaveCount(0)
  await page.getByLabel('Shown').selectOption('Archived')
  await row(page, 'Old hall').click()
  await page.getByRole('button', { name: 'Restore' }).click()
  await expect(page.getByText('Old hall is back on the lists')).toBeVisible()
  await page.goto(at(`/classes/${id}`))
  await expect(heading(page, 'Choir 7')).toBeVisible()
  await expect(page.getByText('Old hall')).toHaveCount(0)
})

test('Ctrl+Z takes back what one did last in this tab, and with Shift does it again', async ({ page, otherPage }) => {
  await signIn(page.context(), own.url, ben)
  await signIn(otherPage.context(), own.url, ann)
  const { id } = await ask(otherPage, own.url, 'rooms.create', { name: 'Atelier', seats: 12 })
  const news = page.locator('.toasts')
  await page.goto(at(`/rooms/${id}`))
  await page.waitForLoadState('networkidle')
  await expect(async () => {
    await page.keyboard.press('Control+z')
    await expect(news).toContainText('There is nothing of yours to take back', { timeout: 500 })
  }).toPass()

  await page.getByRole('link', { name: 'Edit' }).click()
  await page.getByLabel('Name').fill('Studio 5')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(heading(page, 'Studio 5')).toBeVisible()
  await page.getByRole('button', { name: 'Archive' }).click()
  await expect(page.getByText('Studio 5 is archived')).toBeVisible()

  await page.keyboard.press('Control+z')
  await expect(news).toContainText('Taken back: archived Studio 5')
  await expect(page.getByRole('button', { name: 'Archive' })).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(news).toContainText('Taken back: changed Atelier')
  await expect(heading(page, 'Atelier')).toBeVisible()
  await page.keyboard.press('Control+Shift+z')
  await expect(news).toContainText('Done again: changed Studio 5')
  await expect(heading(page, 'Studio 5')).toBeVisible()
  await page.keyboard.press('Control+Shift+z')
  await expect(news).toContainText('Done again: archived Studio 5')
  await page.keyboard.press('Control+z')
  await news.getByRole('button', { name: 'Do it again' }).click()
  await expect(page.getByText('Off every list until restored')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('button', { name: 'Archive' })).toBeVisible()

  await page.getByRole('link', { name: 'Edit' }).click()
  await page.getByLabel('Name').pressSequentially('x')
  await page.keyboard.press('Control+z')
  await expect(page.getByLabel('Name')).toHaveValue('Studio 5')
  await page.getByLabel('Seats').fill('14')
  await page.getByRole('button', { name: 'Cancel' }).focus()
  await page.keyboard.press('Control+z')
  // The browser's own undo may have reached into the form; into the register nothing has.
  await expect(page.getByLabel('Name')).toHaveValue('Studio 5')
  await page.getByLabel('Seats').fill('14')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByRole('definition').filter({ hasText: '14' })).toBeVisible()
  const { version } = await ask<{ version: number }>(otherPage, own.url, 'rooms.get', { id })
  await ask(otherPage, own.url, 'rooms.update', { id, version, seats: 20 })
  await page.keyboard.press('Control+z')
  await expect(news).toContainText('Ann Lee has changed Studio 5 since, so this cannot be undone.')
})

test('two people editing one room keep both changes, and where both changed the same they choose @full', async ({
  page,
  otherPage,
}) => {
  await signIn(page.context(), own.url, ann)
  await signIn(otherPage.context(), own.url, ben)
  const { id } = await ask(page, own.url, 'rooms.create', { name: 'Studio', seats: 12 })
  for (const one of [page, otherPage]) await one.goto(at(`/rooms/${id}/edit`))
  await page.getByLabel('Name').fill('Dance studio')
  await otherPage.getByLabel('Seats').fill('16')
  await otherPage.getByRole('button', { name: 'Save changes' }).click()
  await expect(heading(otherPage, 'Studio')).toBeVisible()

  await page.getByRole('button', { name: 'Save changes' }).click()
  const conflict = page.getByRole('alert')
  await expect(conflict).toContainText('Somebody else saved this room first')
  await expect(conflict).toContainText(/Ben Okoro changed this on .+: Seats/)
  await expect(page.getByLabel('Seats')).toHaveValue('16')
  await conflict.getByRole('button', { name: 'Save my changes too' }).click()
  await expect(heading(page, 'Dance studio')).toBeVisible()
  await expect(page.getByRole('definition').filter({ hasText: '16' })).toBeVisible()
})

test('who may only read sees the lists and no way to change them; instructors see what concerns them @full', async ({
  page,
  otherPage,
}) => {
  await signIn(otherPage.context(), own.url, ben)
  await ask(otherPage, own.url, 'rooms.create', { name: 'Reading room' })
  await signIn(page.context(), own.url, vic)
  await page.goto(at('/rooms'))
  await expect(row(page, 'Reading room')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Add room' })).toHaveCount(0)
  await page.goto(at('/terms'))
  await expect(row(page, /This term/)).toBeVisible()
  await expect(page.getByRole('checkbox')).toHaveCount(0)
  await page.getByRole('button', { name: 'Columns, export and print' }).click()
  await expect(page.getByRole('menuitem', { name: 'Print all rows' })).toBeVisible()
  await expect(page.getByRole('menuitem', { name: 'Paste from a spreadsheet' })).toHaveCount(0)
  await page.keyboard.press('Escape')
  await row(page, /This term/).click()
  await expect(heading(page, 'This term')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Archive' })).toHaveCount(0)

  await signIn(otherPage.context(), own.url, ida)
  await otherPage.goto(at('/students'))
  const main = otherPage.getByRole('navigation', { name: 'Main' })
  await expect(main.getByRole('link', { name: 'Terms' })).toBeVisible()
  for (const place of ['Rooms', 'Courses', 'Departments', 'Instructors'])
    await expect(main.getByRole('link', { name: place, exact: true })).toHaveCount(0)
})

for (const { name, viewport } of [
  { name: 'at a desk', viewport: { width: 1440, height: 900 } },
  { name: 'on a phone', viewport: { width: 390, height: 844 } },
])
  test.describe(name, () => {
    test.use({ viewport })

    test(`${name} the screens of the catalog shut nobody out, and nothing is wider than the screen @full`, async ({
      page,
    }) => {
      await signIn(page.context(), own.url, ben)
      const department = await ask(page, own.url, 'departments.create', { name: `Music ${name}` })
      await ask(page, own.url, 'courses.create', { title: `Choir ${name}`, departmentId: department.id })
      const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)
      for (const place of ['terms', 'courses', 'instructors', 'programs']) {
        await page.goto(at(`/${place}`))
        await row(page, /./).first().click()
        await expect(page.getByRole('link', { name: 'Edit' })).toBeVisible()
        expect(await fits(), place).toBe(true)
        if (place === 'terms') await checkAccessInFull(page, 'a term')
        await page.goBack()
        await expect(row(page, /./).first()).toBeVisible()
        expect(await fits(), place).toBe(true)
      }
      await checkAccessInFull(page, 'programs')
      await page.goto(at('/instructors/new'))
      await page.getByRole('button', { name: 'Add instructor' }).click()
      await expect(page.getByRole('alert')).toBeVisible()
      await checkAccessInFull(page, 'a form, refused')
      await page.goto(at(`/departments/${department.id}`))
      await page.getByRole('button', { name: 'Archive' }).click()
      await expect(page.getByRole('dialog')).toContainText('One course belongs to it')
      await checkAccessInFull(page, 'archiving what is in use')
      await page.goto(at('/rooms?q=zzz'))
      await expect(page.getByText('No rooms match')).toBeVisible()
      await checkAccessInFull(page, 'no match')
    })
  })
