import { ann } from './people.ts'
import { expect, signIn, studentRow, test } from './test.ts'

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

test.beforeEach(async ({ page, site }) => {
  await signIn(page.context(), site.url, ann)
  await page.goto(`${site.url}/northgate/students`)
})

test('on a phone one filters, opens, edits and saves', async ({ page }) => {
  await expect(page.getByRole('row', { name: /Abara, Amara/ })).toContainText('S-1001Grade 7Active')
  await page.getByRole('button', { name: 'Filters' }).tap()
  const sheet = page.getByRole('dialog', { name: 'Filters' })
  await sheet.getByLabel('Grade').selectOption('Grade 11')
  await sheet.getByRole('button', { name: 'Show students' }).tap()
  await expect(page.getByRole('button', { name: 'Filters (1)' })).toBeVisible()
  await studentRow(page, 'Petrov, Rosa').tap()
  const record = page.getByRole('dialog', { name: 'Rosa Petrov' })
  await record.getByRole('link', { name: 'Edit' }).tap()
  await page.getByLabel('Middle name').fill('Ilona')
  await page.getByRole('button', { name: 'Save changes' }).tap()
  await expect(page.getByRole('heading', { name: 'Rosa Ilona Petrov' })).toBeVisible()
})

test('on a phone the places are behind the menu, and nothing is wider than the screen', async ({ page }) => {
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(await overflow()).toBeLessThanOrEqual(0)
  await page.getByRole('button', { name: 'Menu' }).tap()
  await page.getByRole('dialog', { name: 'Menu' }).getByRole('link', { name: 'Classes' }).tap()
  await page.getByRole('link', { name: 'Biology 10B' }).tap()
  await expect(page.getByRole('table', { name: 'Students in this class' })).toBeVisible()
  expect(await overflow()).toBeLessThanOrEqual(0)
})

test('everything to tap on a phone is at least 44 pixels high', async ({ page }) => {
  await expect(studentRow(page, 'Abara, Amara')).toBeVisible()
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('button, select, input, main a.mantine-Button-root, tbody tr:not([aria-hidden])')]
      .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 44)
      .map((element) => element.outerHTML.slice(0, 120)),
  )
  expect(small).toEqual([])
})
