import type { Page } from '@playwright/test'
import { ann } from './people.ts'
import { expect, signIn, test } from './test.ts'

test.beforeEach(async ({ page, largeSite }) => {
  await signIn(page.context(), largeSite.url, ann)
  await page.goto(`${largeSite.url}/northgate-demo-school/students`)
  await isCounted(page)
})

const isCounted = (page: Page) => expect(page.getByRole('table')).toHaveAttribute('aria-rowcount', '25001')
const drawnRows = 'tbody tr:not([aria-hidden])'

test('25,000 students scroll to the last one with few rows in the page @full', async ({ page }) => {
  const scroller = page.locator('.scroller')
  await scroller.evaluate((element) => element.scrollTo(0, element.scrollHeight))
  const last = page.locator(`${drawnRows}[aria-rowindex="25001"] a`)
  await expect(last).toBeVisible()
  expect(await page.locator(drawnRows).count()).toBeLessThan(80)
})

test('Back from a student leaves the list where it was @full', async ({ page }) => {
  const scroller = page.locator('.scroller')
  await scroller.evaluate((element) => element.scrollTo(0, 20_000))
  const row = page.locator(`${drawnRows}[aria-rowindex="570"] a`)
  await expect(row).toBeVisible()
  const name = await row.textContent()
  await row.click()
  await page.getByRole('link', { name: 'Open page' }).click()
  await expect(page.getByRole('link', { name: 'Edit' })).toBeVisible()
  await page.goBack()
  await page.goBack()
  await expect(page.getByRole('complementary')).toHaveCount(0)
  await expect(row).toHaveText(String(name))
  await expect(row).toBeInViewport()
})

test('typing into the search is never held up for 50 ms, with 5,000 rows loaded @full', async ({ page }) => {
  // Five times the budget, in one try of several, since the machine may be busy with other tests.
  const alarm = 250
  const slowest = async () => {
    await isCounted(page)
    await page.locator('.scroller').evaluate((element) => element.scrollTo(0, 5_000 * 36))
    await expect(page.locator(`${drawnRows}[aria-rowindex="5002"] a`)).toBeAttached()
    await page.evaluate(() => {
      const slow: number[] = []
      Object.assign(window, { slow })
      new PerformanceObserver((list) => slow.push(...list.getEntries().map(({ duration }) => duration))).observe({
        type: 'event',
        buffered: false,
        durationThreshold: 16,
      } as PerformanceObserverInit)
    })
    await page.getByLabel('Search students').pressSequentially('oyelaran', { delay: 60 })
    await expect(page).toHaveURL(/q=oyelaran/)
    const taken = await page.evaluate(() => Math.max(0, ...(window as unknown as { slow: number[] }).slow))
    if (taken >= alarm) await page.goto(page.url().replace(/[?#].*/, ''))
    return taken
  }
  await expect.poll(slowest, { intervals: [0], timeout: 0 }).toBeLessThan(alarm)
})
