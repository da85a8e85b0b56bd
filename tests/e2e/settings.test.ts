import type { Page } from '@playwright/test'
import { checkAccess } from './check-access.ts'
import { ann, ida } from './people.ts'
import { settled, watchRequests } from './settled.ts'
import type { Site } from './test.ts'
import { test as base, expect, signIn, startSite } from './test.ts'

/** A server of their own: what its school is called is not what other tests expect any more. */
const test = base.extend<object, { site: Site }>({
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from it
    async ({}, use) => {
      const site = await startSite('small')
      await use(site)
      await site.done()
    },
    { scope: 'worker' },
  ],
})

async function open(page: Page, url: string) {
  watchRequests(page)
  await signIn(page.context(), url, ann)
  await page.goto(`${url}/northgate/settings`)
  await settled(page)
}
const save = (page: Page) => page.getByRole('button', { name: 'Save changes' }).click()

test('an administrator changes what the school is called and how dates are written, in everybody’s window, and takes it back', async ({
  page,
  otherPage,
  site,
}) => {
  await signIn(otherPage.context(), site.url, ida)
  await otherPage.goto(`${site.url}/northgate/students`)
  await expect(otherPage.getByText('Northgate').first()).toBeVisible()
  await open(page, site.url)
  await checkAccess(page, 'settings')
  await page.getByLabel('School name').fill('Northgate High School')
  await page.getByLabel('Dates and numbers').selectOption('de-DE')
  await expect(page.getByText('1.234,5')).toBeVisible()
  await save(page)
  await expect(page.getByRole('banner')).toContainText('Northgate High School')
  await expect(otherPage.getByRole('banner')).toContainText('Northgate High School')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByLabel('School name')).toHaveValue('Northgate')
  await expect(page.getByRole('banner')).not.toContainText('High School')
})

test('grade levels are listed, ordered and renamed by keyboard, and typing survives a refusal', async ({
  page,
  site,
}) => {
  await open(page, site.url)
  await page.getByLabel('New grade level').fill('Year 8, Year 7, Sixth form')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Move Year 7 up' }).press('Enter')
  await expect(page.getByLabel('Name of grade level 1', { exact: true })).toHaveValue('Year 7')
  await page.getByLabel('New grade level').fill('Grade 7')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await save(page)
  await expect(page.getByText('Year 7 and Grade 7 mean the same grade level')).toBeVisible()
  await checkAccess(page, 'settings, refused')
  await page.getByRole('button', { name: 'Remove Grade 7' }).click()
  await save(page)
  await expect(page.getByText('Saved the settings')).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('Name of grade level 3', { exact: true })).toHaveValue('Sixth form')
})

test('student numbers, days, terms and sessions are set on a phone too', async ({ page, site }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await open(page, site.url)
  await page.getByLabel('Saturday').check()
  await page.getByLabel('Give each new student a number').check()
  await page.getByLabel('Pattern').fill('N{yy}')
  await save(page)
  await expect(page.getByText('Put the digits together')).toBeVisible()
  await page.getByLabel('Pattern').fill('N-###')
  await page.getByLabel('Begin with number').fill('40')
  await expect(page.getByText('The first is N-040')).toBeVisible()
  await page.getByLabel('Usually begins: month').selectOption('09')
  await page.getByLabel('Usually begins: day').selectOption('01')
  await page.getByRole('button', { name: 'Add a term' }).click()
  await page.getByLabel('Name of term 1').fill('Autumn')
  for (const [field, month, day] of [
    ['begins', '09', '01'],
    ['ends', '12', '18'],
  ] as const) {
    await page.getByLabel(`Autumn ${field}: month`).selectOption(month)
    await page.getByLabel(`Autumn ${field}: day`).selectOption(day)
  }
  await page.getByLabel('Autumn ends: day').selectOption('')
  await save(page)
  await expect(page.getByText('Give the term a name and both days')).toBeVisible()
  await expect(page.getByLabel('Autumn ends: day')).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByLabel('Autumn begins: day')).not.toHaveAttribute('aria-invalid', 'true')
  await page.getByLabel('Autumn ends: day').selectOption('18')
  await page.getByLabel('When nobody does anything').selectOption({ label: '30 minutes' })
  await checkAccess(page, 'settings on a phone')
  await save(page)
  await expect(page.getByText('The next student gets N-040')).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
})
