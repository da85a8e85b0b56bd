import { ann } from './people.ts'
import { expect, signIn, studentRow, test } from './test.ts'

test('without a mouse: search, go down the list, open, close, edit and save', async ({ page, site }) => {
  await signIn(page.context(), site.url, ann)
  await page.goto(`${site.url}/northgate/students`)
  await expect(studentRow(page, 'Abara, Amara')).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()

  await page.keyboard.press('/')
  await expect(page.getByLabel('Search students')).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(studentRow(page, 'Abara, Amara')).toBeFocused()
  await page.keyboard.press('End')
  await expect(page.getByRole('table').getByRole('link').last()).toBeFocused()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(studentRow(page, 'Castillo, Chidi')).toBeFocused()

  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Chidi Castillo' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('complementary')).toHaveCount(0)
  await expect(studentRow(page, 'Castillo, Chidi')).toBeFocused()

  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Chidi Castillo' })).toBeFocused()
  for (let stop = 0; stop < 4; stop++) await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Edit' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Given name')).toBeFocused()
  await page.keyboard.press('End')
  await page.keyboard.type('ma')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Chidima Castillo' })).toBeVisible()
})
