import type { Page } from '@playwright/test'
import { expect, startSite, test } from './test.ts'

const linkOf = (output: string) => /(http:\S+\/setup#t=\S+)/.exec(output)?.[1] ?? ''

async function fill(page: Page) {
  await page.getByLabel('School name').fill('Hillcrest School')
  await page.getByLabel('Time zone').selectOption('Europe/Paris')
  await page.getByLabel('Dates and numbers').selectOption('en-IE')
  await page.getByLabel('Your name').fill('Maud Byrne')
  await page.getByLabel('Your email').fill('maud@hillcrest.example')
}

test('whoever has the setup link makes the first school and is inside at once', async ({ page }) => {
  const site = await startSite('empty')
  try {
    await page.goto(`${site.url}/`)
    await expect(page.getByRole('heading', { name: 'This register is not set up yet' })).toBeVisible()

    await page.goto(linkOf(site.output()))
    await expect(page.getByText('At least 12 characters')).toBeVisible()
    await fill(page)
    await page.getByRole('textbox', { name: 'Password' }).fill('short')
    await page.getByRole('button', { name: 'Set up this school' }).click()
    await expect(page.getByText('Enter at least 12 characters')).toBeVisible()
    await expect(page.getByRole('textbox', { name: 'Password' })).toBeFocused()

    await page.getByRole('textbox', { name: 'Password' }).fill('geese fly over the hill')
    await page.getByRole('button', { name: 'Set up this school' }).click()
    await expect(page.getByRole('heading', { name: 'Begin here' })).toBeVisible()
    await expect(page.getByText('npx homeroom')).toHaveCount(0)
    await expect(page).toHaveURL(/\/hillcrest-school\/home$/)
    await expect(page.getByText('Hillcrest School')).toBeVisible()

    await page.getByRole('link', { name: 'System' }).click()
    // A minute of calls may be over already.
    const asked = page.getByRole('table', { name: /^What was asked/ }).getByRole('row')
    await expect(page.getByText('Nothing was counted yet').or(asked.nth(1))).toBeVisible()
    await expect(page.getByRole('table', { name: /^Processes that serve/ })).toContainText('Serving')
  } finally {
    // A page that listens would notice the end.
    await page.goto('about:blank')
    await site.done()
  }
})

test.describe('a link that was used', () => {
  test.use({ expectedErrors: [/status of 404/] })
  test('says so and leads to the sign-in @full', async ({ page, site }) => {
    await page.goto(`${site.url}/setup#t=${'x'.repeat(43)}`)
    await expect(page.getByRole('heading', { name: 'This setup link cannot be used' })).toBeVisible()
    await page.getByRole('link', { name: 'Go to sign in' }).click()
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  })
})
