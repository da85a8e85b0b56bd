import type { Page } from '@playwright/test'
import { ann } from './people.ts'
import { settled, watchRequests } from './settled.ts'
import { expect, signIn, test } from './test.ts'

test.beforeEach(({ page }) => watchRequests(page))

/** What can be pressed or typed in and lies below the news at its middle. */
const covered = (page: Page) =>
  page.evaluate(() => {
    const shown = document.querySelector('.toast')?.getBoundingClientRect()
    if (!shown) return ['nothing is said']
    return [...document.querySelectorAll('main button, main input, main select, header button')].flatMap((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect()
      const isMet = left < shown.right && shown.left < right && top < shown.bottom && shown.top < bottom
      const [first] = document.elementsFromPoint((left + right) / 2, (top + bottom) / 2)
      return isMet && first?.closest('.toast') ? [element.textContent || element.outerHTML] : []
    })
  })

for (const [where, width, height] of [
  ['at a desk', 1440, 900],
  ['on a phone', 390, 844],
] as const) {
  test(`what was saved is taken back where it is said, which covers no button, ${where}`, async ({ page, site }) => {
    await page.setViewportSize({ width, height })
    await signIn(page.context(), site.url, ann)
    await page.goto(`${site.url}/northgate/rooms/new`)
    await page.getByLabel('Name').fill(`Studio ${width}`)
    await page.getByRole('button', { name: 'Add room' }).click()
    await expect(page.getByText(`Added Studio ${width}`)).toBeVisible()
    await settled(page)
    expect(await covered(page)).toEqual([])
    await page.getByRole('link', { name: 'Edit' }).click()
    await page.getByLabel('Seats').fill('17')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await expect(page.locator('.toast')).toContainText('Saved')
    await settled(page)
    expect(await covered(page)).toEqual([])
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click()
    await expect(page.locator('.toast')).toContainText('everything is as it was before')
    await expect(page.getByText('17', { exact: true })).toHaveCount(0)
  })
}
