import type { Page } from '@playwright/test'
import { checkAccess, checkAccessInFull } from './check-access.ts'
import { ann, ida } from './people.ts'
import { settled, watchRequests } from './settled.ts'
import { expect, signIn, studentRow, test } from './test.ts'

test.beforeEach(({ page }) => watchRequests(page))

const help = (page: Page) => page.getByRole('dialog', { name: 'Help' })

test('the key ? says what a page is about and which keys it knows, but not while somebody types', async ({
  page,
  site,
}) => {
  await signIn(page.context(), site.url, ann)
  await page.goto(`${site.url}/northgate/students`)
  await expect(studentRow(page, 'Abara, Amara')).toBeVisible()
  await settled(page)
  await page.getByLabel('Search students').focus()
  await page.keyboard.type('?')
  await expect(page.getByLabel('Search students')).toHaveValue('?')
  await expect(help(page)).toHaveCount(0)
  await page.keyboard.press('Escape')

  await page.getByRole('link', { name: 'Home', exact: true }).focus()
  await page.keyboard.press('?')
  await expect(help(page).getByRole('heading', { name: 'Lists and search' })).toBeVisible()
  await expect(help(page).getByRole('table', { name: 'In this list' })).toContainText('Select the row')
  await checkAccess(page, 'help of a list')
  await page.keyboard.press('Escape')
  await expect(help(page)).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Home', exact: true })).toBeFocused()

  // Turned off, the keys mean nothing, and Help is still a press away.
  await page.getByRole('button', { name: 'Help' }).click()
  await help(page).getByRole('checkbox').uncheck()
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Home', exact: true }).focus()
  await page.keyboard.press('/')
  await page.keyboard.press('?')
  await expect(page.getByRole('link', { name: 'Home', exact: true })).toBeFocused()
  await expect(help(page)).toHaveCount(0)
  await page.reload()
  await expect(studentRow(page, 'Abara, Amara')).toBeVisible()
  await page.getByRole('button', { name: 'Help' }).click()
  await expect(help(page).getByRole('checkbox')).not.toBeChecked()

  await help(page).getByRole('link', { name: 'All of the help' }).click()
  await expect(page).toHaveURL(`${site.url}/northgate/help?section=lists-and-search`)
  await expect(page.getByRole('heading', { name: 'Lists and search' })).toBeFocused()
})

test('the help is searched, also from the palette, and its links lead to its sections', async ({ page, site }) => {
  await signIn(page.context(), site.url, ida)
  await page.goto(`${site.url}/northgate/help`)
  await expect(page.getByRole('heading', { name: 'Who sees what' })).toBeVisible()
  await checkAccess(page, 'help')
  await page.getByLabel('Search the help').fill('waitlist drag')
  await expect(page.getByRole('status').filter({ hasText: 'section' })).toHaveText('1 section')
  await expect(page.getByRole('heading', { level: 2 })).toHaveText(['Seats and waitlists'])
  await page.getByLabel('Search the help').fill('zebra')
  await expect(page.getByText('Nothing in the help says “zebra”')).toBeVisible()
  await settled(page)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('snow day or bells')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('bells')
  const found = page.getByRole('option', { name: 'The calendar and the bells' })
  await found.click()
  await expect(page).toHaveURL(/section=the-calendar-and-the-bells/)
})

test('on a phone the help fills the screen, and is in the menu of one’s name @full', async ({ page, site }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await signIn(page.context(), site.url, ann)
  await page.goto(`${site.url}/northgate/help?section=who-sees-what`)
  await expect(page.getByRole('heading', { name: 'Who sees what' })).toBeFocused()
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  await checkAccessInFull(page, 'help on a phone')
  await page.getByRole('button', { name: /^Account of/ }).click()
  await page.getByRole('menuitem', { name: 'Help' }).click()
  await expect(page).toHaveURL(`${site.url}/northgate/help`)
})
