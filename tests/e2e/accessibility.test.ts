import { checkAccess as check } from './check-access.ts'
import { ann, nia } from './people.ts'
import { expect, refusals, signIn, startSite, studentRow, test } from './test.ts'

test.use({ expectedErrors: refusals })

test('the doors have nothing that shuts people out', async ({ page, site }) => {
  const empty = await startSite('empty')
  try {
    await page.goto(/(http:\S+\/setup#t=\S+)/.exec(empty.output())?.[1] ?? '')
    await page.getByRole('button', { name: 'Set up this school' }).click()
    await expect(page.getByText('Enter your name')).toBeVisible()
    await check(page, 'setup, refused')
  } finally {
    await empty.done()
  }
  await page.goto(`${site.url}/sign-in`)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await check(page, 'sign-in, refused')
  await page.goto(`${site.url}/setup`)
  await expect(page.getByText('This setup link cannot be used')).toBeVisible()
  await check(page, 'setup, expired')
})

test('what only dark colors make hard to read is found @full', async ({ page, site }) => {
  await page.goto(`${site.url}/sign-in`)
  await page.getByRole('heading', { name: 'Sign in' }).evaluate((heading) => {
    const dark = matchMedia('(prefers-color-scheme: dark)')
    dark.addEventListener('change', () => heading.style.setProperty('color', dark.matches ? '#444' : ''))
  })
  await expect(check(page, 'sign-in')).rejects.toThrow(/sign-in, dark[\s\S]*color-contrast/)
})

test('the students have nothing that shuts people out', async ({ page, site }) => {
  await signIn(page.context(), site.url, ann)
  await page.goto(`${site.url}/northgate/students`)
  await studentRow(page, 'Abara, Amara').click()
  await expect(page.getByRole('table')).toBeVisible()
  await expect(page.getByText('Biology 10B')).toBeVisible()
  await check(page, 'list with a record')
  await page.getByRole('link', { name: 'Open page' }).click()
  await expect(page.getByRole('table', { name: 'Classes' })).toBeVisible()
  await check(page, 'student')
  await page.getByRole('link', { name: 'Edit' }).click()
  await page.getByLabel('Given name').fill('')
  await page.getByLabel('Family name').fill('')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await check(page, 'edit, refused')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('dialog', { name: 'Leave without saving?' })).toBeVisible()
  await check(page, 'leave without saving')
  await page.getByRole('button', { name: 'Leave without saving' }).click()
  await page.goto(`${site.url}/northgate/students?q=zzz`)
  await expect(page.getByText('No students match')).toBeVisible()
  await check(page, 'no match')
  await page.goto(`${site.url}/nowhere/students`)
  await expect(page.getByText('There is nothing at this address')).toBeVisible()
  await check(page, 'not found')
})

test('the classes, menus and empty screens have nothing that shuts people out @full', async ({
  page,
  site,
  otherPage,
}) => {
  await signIn(page.context(), site.url, ann)
  await page.goto(`${site.url}/northgate/classes`)
  await page.getByRole('button', { name: 'Account of Ann Lee' }).click()
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible()
  await check(page, 'classes with a menu')
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Biology 10B' }).click()
  await expect(page.getByRole('heading', { name: 'Biology 10B' })).toBeVisible()
  await check(page, 'class')
  await signIn(otherPage.context(), site.url, nia)
  await otherPage.goto(`${site.url}/northgate/students`)
  await expect(otherPage.getByText('You have no students yet')).toBeVisible()
  await check(otherPage, 'no students')
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } })
  test('the lists and sheets have nothing that shuts people out', async ({ page, site }) => {
    await signIn(page.context(), site.url, ann)
    await page.goto(`${site.url}/northgate/students`)
    await expect(studentRow(page, 'Abara, Amara')).toBeVisible()
    await check(page, 'list')
    await page.getByRole('button', { name: 'Filters' }).click()
    await expect(page.getByRole('dialog', { name: 'Filters' })).toBeVisible()
    await check(page, 'filters')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Menu' }).click()
    await expect(page.getByRole('dialog', { name: 'Menu' })).toBeVisible()
    await check(page, 'menu')
    await page.keyboard.press('Escape')
    await studentRow(page, 'Abara, Amara').click()
    await expect(page.getByRole('dialog', { name: 'Amara Abara' })).toBeVisible()
    await check(page, 'record')
  })
})
