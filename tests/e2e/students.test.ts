import { term, written } from './days.ts'
import { ann, ben, longName, scriptName } from './people.ts'
import { expect, refusals, signIn, studentRow, test } from './test.ts'

test.beforeEach(async ({ page, site }) => {
  await signIn(page.context(), site.url, ann)
  await page.goto(`${site.url}/northgate/students`)
})

test('the office finds a student, corrects her name, sees her classes and comes back to the list', async ({ page }) => {
  await page.getByLabel('Search students').fill('oberg')
  await expect(page).toHaveURL(/students#q=oberg$/)
  await expect(page.getByRole('status').filter({ hasText: '1 matching' })).toBeVisible()
  await studentRow(page, 'Öberg, Dilnoza').click()
  const panel = page.getByRole('complementary', { name: 'Student details' })
  await expect(panel.getByRole('heading', { name: 'Dilnoza Öberg' })).toBeFocused()
  await expect(page).toHaveURL(/student=/)

  await panel.getByRole('link', { name: 'Open page' }).click()
  await expect(page.getByRole('table', { name: 'Classes' })).toContainText('Chemistry 11A')
  await page.getByRole('link', { name: 'Edit' }).click()
  await page.getByLabel('Family name').fill('Åberg')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByRole('heading', { name: 'Dilnoza Åberg', exact: true })).toBeVisible()
  await expect(page.getByText('Saved Dilnoza Åberg')).toBeVisible()
  await expect(page.getByRole('table', { name: 'Classes' })).toBeVisible()

  await page.goBack()
  await expect(panel.getByRole('heading', { name: 'Dilnoza Åberg' })).toBeVisible()
  await page.goBack()
  await expect(panel).toBeHidden()
  await expect(page).toHaveURL(/students#q=oberg$/)
})

test('archiving asks nothing and Undo takes it back', async ({ page }) => {
  await studentRow(page, 'Rahman, Tomas').click()
  await page.getByRole('button', { name: 'Archive' }).click()
  await expect(page.getByText('Tomas Rahman is archived')).toBeVisible()
  await expect(studentRow(page, 'Rahman, Tomas')).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(studentRow(page, 'Rahman, Tomas')).toBeVisible()
})

test('an archived student is found among the archived and restored from there @full', async ({ page }) => {
  await studentRow(page, 'Quispe, Sam').click()
  await page.getByRole('button', { name: 'Archive' }).click()
  await expect(studentRow(page, 'Quispe, Sam')).toHaveCount(0)
  await page.getByLabel('Shown').selectOption('Archived')
  await expect(page.getByRole('heading', { name: 'Archived students' })).toBeVisible()
  await studentRow(page, 'Quispe, Sam').click()
  await expect(page.getByText('Off every list until restored')).toBeVisible()
  await page.getByRole('button', { name: 'Restore' }).click()
  await expect(page.getByText('Sam Quispe is back on the lists')).toBeVisible()
  await expect(page.getByText('No archived students')).toBeVisible()
})

test('filters, order and the open record are in the address and survive a reload', async ({ page }) => {
  await page.getByLabel('Grade', { exact: true }).selectOption('Grade 7')
  await page.getByRole('button', { name: 'Name' }).click()
  await expect(page).toHaveURL(/\?grade=07&order=desc$/)
  await expect(page.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'descending')
  const names = page.getByRole('table').getByRole('link')
  await expect(names).toHaveText(['Okafor, Quinn', 'Abara, Amara'])
  await names.first().click()
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Quinn Okafor' })).toBeVisible()
  await expect(names).toHaveText(['Okafor, Quinn', 'Abara, Amara'])
})

test('an address with nonsense in it shows the list all the same @full', async ({ page, site }) => {
  await page.goto(`${site.url}/northgate/students?status=purple&sort=shoe&program=1&student=x&order=up&archived=maybe`)
  await expect(studentRow(page, 'Abara, Amara')).toBeVisible()
})

test('a search without a match names the filters and offers to clear them @full', async ({ page }) => {
  await page.getByLabel('Search students').fill('nobody like this')
  await expect(page.getByText('Search: “nobody like this”')).toBeVisible()
  await page.getByRole('main').getByRole('button', { name: 'Clear filters' }).last().click()
  await expect(studentRow(page, 'Abara, Amara')).toBeVisible()
  await expect(page.getByLabel('Search students')).toHaveValue('')
})

test('what somebody typed into a name is shown as they typed it and never run', async ({ page }) => {
  let dialogs = 0
  page.on('dialog', (dialog) => {
    dialogs += 1
    void dialog.dismiss()
  })
  await studentRow(page, `Injected, ${scriptName}`).click()
  await expect(page.getByRole('heading', { name: `${scriptName} Injected` })).toBeVisible()
  await page.getByRole('link', { name: 'Edit' }).click()
  await expect(page.getByRole('heading', { name: `Edit ${scriptName} Injected` })).toBeVisible()
  expect(await page.locator('img[src="x"]').count()).toBe(0)
  expect(dialogs).toBe(0)
})

test('a name of eighty letters breaks neither the list nor the page @full', async ({ page }) => {
  await studentRow(page, longName).click()
  await page.getByRole('link', { name: 'Open page' }).click()
  await expect(page.getByRole('heading', { name: longName })).toBeVisible()
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
})

test('a new student is added and shown', async ({ page }) => {
  await page.getByRole('link', { name: 'Add student' }).click()
  await page.getByLabel('Given name').fill('Uma')
  await page.getByLabel('Family name').fill('Santos')
  await page.getByLabel('Date of birth').fill('3 March 2014')
  await page.getByLabel('Date of birth').blur()
  await expect(page.getByLabel('Date of birth')).toHaveValue('3 Mar 2014')
  await page.getByRole('button', { name: 'Add student' }).click()
  await expect(page.getByRole('heading', { name: 'Uma Santos' })).toBeVisible()
  await expect(page.getByText('3 Mar 2014')).toBeVisible()
})

test('what is wrong in a form is said at its field and above, with the focus on the first', async ({ page }) => {
  await page.getByRole('link', { name: 'Add student' }).click()
  await page.getByLabel('Email').fill('nope')
  await page.getByLabel('Date of birth').fill('07/08/2014')
  await page.getByRole('button', { name: 'Add student' }).click()
  await expect(page.getByRole('alert')).toContainText('3 fields need another look')
  await expect(page.getByLabel('Given name')).toBeFocused()
  await expect(page.getByText('Enter an email address like name@school.example', { exact: true })).toBeVisible()
  await page.getByRole('link', { name: /Date of birth: Enter a date like 7 Jul 2015/ }).click()
  await expect(page.getByLabel('Date of birth')).toBeFocused()
  await expect(page.getByLabel('Date of birth')).toHaveValue('07/08/2014')
})

test('leaving a form with something typed asks first', async ({ page }) => {
  await page.getByRole('link', { name: 'Add student' }).click()
  await page.getByLabel('Given name').fill('Uma')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Classes' }).click()
  const dialog = page.getByRole('dialog', { name: 'Leave without saving?' })
  await dialog.getByRole('button', { name: 'Keep editing' }).click()
  await expect(page.getByLabel('Given name')).toHaveValue('Uma')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await dialog.getByRole('button', { name: 'Leave without saving' }).click()
  await expect(page.getByRole('heading', { name: 'Students' })).toBeVisible()
})

test('a class shows its roster, and every name leads to the student @full', async ({ page }) => {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Classes' }).click()
  await expect(page.getByRole('row', { name: /Biology 10B/ })).toContainText('3 of 3')
  await page.getByRole('link', { name: 'Biology 10B' }).click()
  await expect(page.getByText(`This term (${written(term.startDate)} to ${written(term.endDate)})`)).toBeVisible()
  const roster = page.getByRole('table', { name: 'Students in this class' })
  await expect(roster.getByRole('link')).toHaveText([/^Abara/, /^Bianchi/, /^Castillo/])
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('main').getByRole('button')).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Print roster' })).toBeHidden()
  await page.emulateMedia({ media: 'screen' })
  await roster.getByRole('link', { name: 'Bianchi, Bo' }).click()
  await expect(page.getByRole('heading', { name: 'Bo Bianchi' })).toBeVisible()
})

test('switching the school shows the other school and nothing of the first @full', async ({ page }) => {
  await page.getByRole('button', { name: 'Northgate' }).click()
  await page.getByRole('menuitem', { name: /Southfield/ }).click()
  await expect(page).toHaveURL(/\/southfield\/home$/)
  await expect(page.getByRole('heading', { name: 'Begin here' })).toBeVisible()
})

test.describe('when the server refuses', () => {
  test.use({ expectedErrors: refusals })

  test('a number that is taken is said at its field, and what was typed stays', async ({ page }) => {
    await page.getByRole('link', { name: 'Add student' }).click()
    await page.getByLabel('Given name').fill('Vera')
    await page.getByLabel('Family name').fill('Twice')
    await page.getByLabel('Student number').fill('S-1001')
    await page.getByRole('button', { name: 'Add student' }).click()
    await expect(page.getByLabel('Student number')).toBeFocused()
    await expect(page.getByText('Another student has this number').first()).toBeVisible()
    await expect(page.getByLabel('Family name')).toHaveValue('Twice')
  })

  test('two people editing one student: the second sees who changed what and loses nothing typed', async ({
    page,
    otherPage,
    site,
  }) => {
    await signIn(otherPage.context(), site.url, ben)
    for (const one of [page, otherPage]) {
      await one.goto(`${site.url}/northgate/students?q=bianchi`)
      await studentRow(one, 'Bianchi, Bo').click()
      await one.getByRole('link', { name: 'Edit' }).click()
    }
    await otherPage.getByLabel('Given name').fill('Bobby')
    await otherPage.getByLabel('Grade').selectOption('Grade 9')
    await otherPage.getByRole('button', { name: 'Save changes' }).click()
    await expect(otherPage.getByRole('heading', { name: 'Bobby Bianchi' })).toBeVisible()

    await page.getByLabel('Given name').fill('Robert')
    await page.getByLabel('Middle name').fill('Luca')
    await page.getByRole('button', { name: 'Save changes' }).click()
    const conflict = page.getByRole('alert')
    await expect(conflict).toContainText(/Ben Okoro changed this on .+: Given name and Grade/)
    await expect(conflict.getByRole('row', { name: 'Given name' })).toContainText('BobbyRobert')
    await expect(page.getByLabel('Given name')).toHaveValue('Robert')
    await expect(page.getByLabel('Middle name')).toHaveValue('Luca')
    await expect(page.getByLabel('Grade')).toHaveValue('09')
    await conflict.getByRole('button', { name: 'Keep mine and save' }).click()
    await expect(page.getByRole('heading', { name: 'Robert Luca Bianchi' })).toBeVisible()
    await expect(page.getByRole('complementary').getByText('Grade 9')).toBeVisible()
  })
})
