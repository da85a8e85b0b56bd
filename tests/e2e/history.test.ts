import type { Page } from '@playwright/test'
import { checkAccessInFull } from './check-access.ts'
import { ann, ben, ida, vic } from './people.ts'
import { ask, expect, ownSite, refusals, signIn, test } from './test.ts'

const site = ownSite()

interface Seen {
  id: string
  version: number
}
async function find(page: Page, search: string): Promise<Seen> {
  const { rows } = await ask<{ rows: Seen[] }>(page, site.url, 'students.list', { search })
  return rows[0] as Seen
}
const operations = (page: Page) => page.getByRole('list', { name: 'What happened, the newest first' }).locator('> li')

test.describe(() => {
  test.use({ expectedErrors: refusals })

  test('a mistake is found in a student’s history and taken back', async ({ page, otherPage }) => {
    await signIn(page.context(), site.url, ann)
    await signIn(otherPage.context(), site.url, ben)
    const { id, version } = await find(otherPage, 'Abara')
    await ask(otherPage, site.url, 'students.update', { id, version, gradeLevel: '08', birthDate: '2013-07-17' })
    // Without news of what others do, the page offers an undo that Ben makes impossible.
    const silence = { contentType: 'text/event-stream', body: 'retry: 600000\n\n' }
    await page.route(/live\.changes/, (route) => route.fulfill(silence))
    await page.goto(`${site.url}/northgate/students/${id}`)
    await page.getByRole('button', { name: 'Show history' }).click()
    const first = operations(page).first()
    await expect(first).toContainText('Ben Okoro')
    await expect(first).toContainText('Grade 7')
    await expect(first).toContainText('Grade 8')
    await expect(first).toContainText('7 Jul 2013')
    await checkAccessInFull(page, 'history of a student')
    await page.reload()
    await expect(first).toContainText('Ben Okoro')
    await first.getByRole('button', { name: 'Undo this change' }).click()
    await expect(page.getByText('The change is taken back')).toBeVisible()
    await expect(first).toContainText('Taken back')
    await expect(page.locator('.facts')).toContainText('Grade 7')
    await expect(operations(page).nth(1).getByRole('button')).toHaveCount(0)

    await ask(otherPage, site.url, 'students.update', { id, version: version + 2, gradeLevel: '09' })
    await first.getByRole('button', { name: 'Undo this change' }).click()
    await expect(page.getByRole('status').filter({ hasText: 'changed' })).toBeVisible()
    await expect(first).toContainText('Grade 9')
  })
})

test('all that happened is found by person, kind, deed and day, and on a phone @full', async ({ page }) => {
  await signIn(page.context(), site.url, ben)
  const students = Array.from({ length: 7 }, (_, n) => ({ givenName: `Nell ${n}`, familyName: 'Ziegler' }))
  await ask(page, site.url, 'students.createMany', { items: students })
  await page.goto(`${site.url}/northgate/home`)
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'History' }).click()
  await page.getByLabel('Person').selectOption('Ben Okoro')
  await page.getByLabel('Kind of record').selectOption('Students')
  await page.getByLabel('What was done').selectOption('Added')
  await expect(page).toHaveURL(/did=add/)
  const many = operations(page).filter({ hasText: '7 students' })
  await expect(many).toHaveCount(1)
  await many.getByRole('button', { name: 'Show the 7 changes' }).click()
  await expect(many.getByRole('link', { name: 'Nell 6 Ziegler' })).toBeVisible()
  await checkAccessInFull(page, 'history of the school')

  await page.setViewportSize({ width: 390, height: 844 })
  await page.getByRole('button', { name: 'Filters (3)' }).click()
  await page.getByLabel('Last day').fill('1 Feb 2020')
  await page.getByLabel('Last day').press('Enter')
  await expect(page).toHaveURL(/to=2020-02-01/)
  await checkAccessInFull(page, 'filters of the history on a phone')
  await page.getByRole('button', { name: 'Show what happened' }).click()
  await expect(page.getByText('Person: Ben Okoro · Students · ')).toBeVisible()
  await page.getByRole('button', { name: 'Show later days too' }).click()
  await expect(many).toHaveCount(1)
  await checkAccessInFull(page, 'history on a phone')
  await many.getByRole('button', { name: 'Undo all 7 changes' }).click()
  await expect(page.getByText('The change is taken back')).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
})

test('a viewer reads history without what is private, and an instructor has none @full', async ({
  page,
  otherPage,
}) => {
  await signIn(page.context(), site.url, vic)
  await signIn(otherPage.context(), site.url, ben)
  const { id, version } = await find(otherPage, 'Bianchi')
  await ask(otherPage, site.url, 'students.update', { id, version, birthDate: '2012-03-09' })
  await ask(otherPage, site.url, 'students.update', { id, version: version + 1, gradeLevel: '10' })
  await page.goto(`${site.url}/northgate/students/${id}#history`)
  await expect(operations(page).first()).toContainText('Grade 10')
  await expect(operations(page)).not.toContainText(['Date of birth'])
  await expect(page.getByText('2012')).toHaveCount(0)
  await expect(page.getByRole('button', { name: /^Undo/ })).toHaveCount(0)

  await otherPage.context().clearCookies()
  await signIn(otherPage.context(), site.url, ida)
  await otherPage.goto(`${site.url}/northgate/students/${id}#history`)
  await expect(otherPage.getByRole('heading', { name: 'Bo Bianchi' })).toBeVisible()
  await expect(otherPage.getByRole('heading', { name: 'History' })).toHaveCount(0)
  await expect(otherPage.getByRole('link', { name: 'History' })).toHaveCount(0)
})
