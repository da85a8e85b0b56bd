import type { Page } from '@playwright/test'
import { checkAccessInFull } from './check-access.ts'
import { ann, ida } from './people.ts'
import { ask, expect, ownSite, refusals, signIn, studentRow, test } from './test.ts'

const site = ownSite()
test.beforeEach(async ({ page }) => {
  await signIn(page.context(), site.url, ann)
})

async function openStudent(page: Page, url: string, name: string): Promise<void> {
  await page.goto(`${url}/northgate/students`)
  await studentRow(page, name).click()
  await page.getByRole('link', { name: 'Open page' }).click()
  await expect(page.getByRole('heading', { name: 'Guardians and contacts' })).toBeVisible()
}

const contacts = (page: Page) => page.getByRole('list', { name: /^Guardians, in the order/ }).getByRole('listitem')

test('the office links a mother, and her second child finds her record and is a sibling', async ({ page }) => {
  await openStudent(page, site.url, 'Abara, Amara')
  await page.getByRole('button', { name: 'Link guardian' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Find a guardian').fill('Gina Abara')
  await expect(dialog.getByText('Nobody has “Gina Abara”')).toBeVisible()
  await dialog.getByRole('button', { name: 'Add somebody new instead' }).click()
  await expect(dialog.getByLabel('Given name')).toHaveValue('Gina')
  await dialog.getByLabel('Phone').fill('(614) 555-0100')
  await dialog.getByLabel('The student lives with them').check()
  await dialog.getByLabel('Email').fill('gina')
  await dialog.getByRole('button', { name: 'Link guardian' }).click()
  await expect(dialog.getByText('Enter an email address like')).toBeVisible()
  await dialog.getByLabel('Email').fill('gina@home.example')
  await checkAccessInFull(page, 'link a new guardian')
  await dialog.getByRole('button', { name: 'Link guardian' }).click()
  await expect(contacts(page)).toContainText(['Gina Abara'])
  await expect(page.getByRole('link', { name: '(614) 555-0100' })).toHaveAttribute('href', 'tel:6145550100')

  await openStudent(page, site.url, 'Bianchi, Bo')
  await page.getByRole('button', { name: 'Link guardian' }).click()
  await dialog.getByLabel('Find a guardian').fill('6145550100')
  await dialog.getByRole('option', { name: /Abara, Gina/ }).click()
  await dialog.getByLabel('The student lives with them').check()
  await dialog.getByRole('button', { name: 'Link guardian' }).click()
  await page.getByRole('link', { name: 'Amara Abara' }).click()
  await expect(page.getByRole('heading', { name: 'Amara Abara' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Bo Bianchi' })).toBeVisible()
  await checkAccessInFull(page, 'student with guardians')

  await page.getByRole('link', { name: 'Gina Abara' }).click()
  await expect(page.getByRole('heading', { name: 'Gina Abara', level: 1 })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Bo Bianchi' })).toBeVisible()
  await checkAccessInFull(page, 'guardian')
  await page.getByRole('link', { name: 'Guardians' }).first().click()
  await page.getByLabel('Search guardians').fill('614-555')
  await expect(page.getByRole('link', { name: 'Abara, Gina' })).toBeVisible()
  await checkAccessInFull(page, 'guardians')
})

test('the order of calling changes by keyboard, unlinking can be undone @full', async ({ page }) => {
  await openStudent(page, site.url, 'Rahman, Tomas')
  for (const name of ['Una Rahman', 'Vito Rahman']) {
    await page.getByRole('button', { name: 'Link guardian' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Find a guardian').fill(name)
    await dialog.getByRole('button', { name: 'Add somebody new instead' }).click()
    await dialog.getByRole('button', { name: 'Link guardian' }).click()
    await expect(dialog).toBeHidden()
  }
  await expect(contacts(page)).toContainText(['Una Rahman', 'Vito Rahman'])
  const actions = page.getByRole('button', { name: 'Actions for Vito Rahman' })
  await actions.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'Change relation and marks' })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(contacts(page)).toContainText(['Vito Rahman', 'Una Rahman'])
  await expect(actions).toBeFocused()
  await page.getByRole('button', { name: 'Actions for Una Rahman' }).click()
  await page.getByRole('menuitem', { name: 'Unlink from student' }).click()
  await expect(contacts(page)).toHaveCount(1)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(contacts(page)).toContainText(['Vito Rahman', 'Una Rahman'])
})

test('who is to have no contact stands at the name; an instructor is told to ask, and no name @full', async ({
  page,
  otherPage,
}) => {
  await openStudent(page, site.url, 'Castillo, Chidi')
  await page.getByRole('button', { name: 'Add alert' }).click()
  await page.getByLabel('What must be known').fill('Peanut allergy. EpiPen in the bag.')
  await checkAccessInFull(page, 'add alert')
  await page.getByRole('dialog').getByRole('button', { name: 'Add alert' }).click()
  await page.getByRole('button', { name: 'Link guardian' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Find a guardian').fill('Zorro Castillo')
  await dialog.getByRole('button', { name: 'Add somebody new instead' }).click()
  await dialog.getByLabel('No contact with the student').check()
  await expect(dialog.getByLabel('May pick the student up')).toBeDisabled()
  await dialog.getByRole('button', { name: 'Link guardian' }).click()
  const alerts = page.getByRole('list', { name: 'Alerts about Chidi Castillo' })
  await expect(alerts).toContainText('No contact: Zorro Castillo')
  await expect(alerts).toContainText('Peanut allergy')
  await page.goto(`${site.url}/northgate/students`)
  await studentRow(page, 'Castillo, Chidi').click()
  await expect(page.getByRole('complementary').getByText('No contact: Zorro Castillo')).toBeVisible()

  await signIn(otherPage.context(), site.url, ida)
  await otherPage.goto(`${site.url}/northgate/students`)
  await studentRow(otherPage, 'Castillo, Chidi').click()
  await expect(otherPage.getByText('Ask the office before anybody picks this student up')).toBeVisible()
  await expect(otherPage.getByText('Peanut allergy')).toBeVisible()
  await expect(otherPage.getByText('Zorro')).toHaveCount(0)
})

test('two records of one person are compared, merged by keyboard, and taken apart again', async ({ page }) => {
  const twin = { givenName: 'Lena', familyName: 'Ueda', number: 'S-2011', birthDate: '2012-05-01', gradeLevel: '09' }
  const { id } = await ask(page, site.url, 'students.create', twin)
  await page.goto(`${site.url}/northgate/students/duplicates`)
  await expect(page.getByRole('link', { name: 'Compare the two records of Ueda, Lena' })).toBeVisible()
  await checkAccessInFull(page, 'duplicates')
  await page.goto(`${site.url}/northgate/students/${id}`)
  await page.getByText('There may be another record of Lena Ueda').getByRole('link', { name: 'Compare' }).click()
  await expect(page.getByRole('heading', { name: 'Merge two records of Lena Ueda' })).toBeVisible()
  await checkAccessInFull(page, 'merge')
  await page.getByRole('radio', { name: 'S-2011' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('radio', { name: 'S-1011' })).toBeChecked()
  await page.getByRole('button', { name: 'Merge records' }).click()
  await expect(page.getByText('The records of Lena Ueda are one now')).toBeVisible()
  await expect(page.getByText('S-1011').first()).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('The two records are apart again')).toBeVisible()
  await expect(page.getByText('S-2011').first()).toBeVisible()
  await expect(page.getByText('There may be another record of Lena Ueda')).toBeVisible()
})

test.describe('erasing', () => {
  test.use({ expectedErrors: refusals })
  test('an archived student is erased by whoever types her name, and keeps a nameless place in her class', async ({
    page,
  }) => {
    const eve = { givenName: 'Eve', familyName: 'Vargas', number: 'S-4001', birthDate: '2012-04-01' }
    const { id } = await ask(page, site.url, 'students.create', eve)
    const { rows } = await ask<{ rows: { id: string; title: string }[] }>(page, site.url, 'classes.list', {})
    const classId = rows.find(({ title }) => title === 'Chemistry 11A')?.id ?? ''
    await ask(page, site.url, 'classes.enroll', { classId, studentIds: [id] })
    await page.goto(`${site.url}/northgate/students/${id}`)
    await page.getByRole('button', { name: 'Archive' }).click()
    await page.getByRole('button', { name: 'Archive and keep' }).click()
    await page.getByRole('button', { name: 'Erase…' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByRole('textbox')).toBeFocused()
    await checkAccessInFull(page, 'erasing')
    await dialog.getByRole('textbox').fill('Eva Vargas')
    await dialog.getByRole('button', { name: 'Erase for good' }).click()
    await expect(dialog.getByText('This is not the name on the record')).toBeVisible()
    await dialog.getByRole('textbox').fill('Eve Vargas')
    await page.keyboard.press('Enter')
    await expect(page.getByText(/^Erased on .+ Nothing is known of this person any more/)).toBeVisible()
    await expect(page.getByText('Vargas')).toHaveCount(0)
    await expect(page.getByRole('button', { name: /^(Restore|Erase)/ })).toHaveCount(0)
    await page.getByRole('link', { name: 'Chemistry 11A' }).click()
    await expect(page.getByRole('link', { name: /^Erased/ })).toBeVisible()
    await checkAccessInFull(page, 'a class with an erased student')
  })
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } })
  test('guardians and a merge are within reach @full', async ({ page }) => {
    const names = { givenName: 'Pia', familyName: 'Phone' }
    const { id: first } = await ask(page, site.url, 'students.create', names)
    const { id: second } = await ask(page, site.url, 'students.create', { ...names, number: 'S-3001' })
    const guardian = { givenName: 'Gro', familyName: 'Phone', phone: '555 0177', email: 'gro.phone@home.example' }
    await ask(page, site.url, 'studentGuardians.create', { studentId: first, guardian, relation: 'mother' })
    await page.goto(`${site.url}/northgate/students/${first}`)
    await expect(page.getByRole('link', { name: '555 0177' })).toBeVisible()
    await expect(page.getByText('Nobody is marked as allowed to pick up')).toBeVisible()
    await checkAccessInFull(page, 'student on a phone')
    await page.goto(`${site.url}/northgate/students/${first}/merge/${second}`)
    await expect(page.getByText('Guardians who come over: Gro Phone.')).toBeVisible()
    await checkAccessInFull(page, 'merge on a phone')
    await page.goto(`${site.url}/northgate/guardians`)
    await expect(page.getByRole('link', { name: 'Phone, Gro' })).toBeVisible()
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(width).toBe(390)
  })
})
