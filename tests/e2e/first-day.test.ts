import type { Page } from '@playwright/test'
import { checkAccess } from './check-access.ts'
import { yearDays } from './days.ts'
import { settled, watchRequests } from './settled.ts'
import { expect, startSite, test } from './test.ts'

const linkOf = (output: string) => /(http:\S+\/setup#t=\S+)/.exec(output)?.[1] ?? ''
const home = async (page: Page) => {
  await page.getByRole('link', { name: 'Home', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Begin here' })).toBeVisible()
  await settled(page)
}
const step = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Begin here' }).getByRole('listitem').filter({ hasText: name })

async function setUp(page: Page, link: string) {
  await page.goto(link)
  await page.getByLabel('School name').fill('Hillcrest School')
  await page.getByLabel('Your name').fill('Maud Byrne')
  await page.getByLabel('Your email').fill('maud@hillcrest.example')
  await page.getByRole('textbox', { name: 'Password' }).fill('geese fly over the hill')
  await page.getByRole('button', { name: 'Set up this school' }).click()
  await expect(page.getByRole('heading', { name: 'Begin here' })).toBeVisible()
}

/** The year begins a month before today and lasts ten months; its first term three. */
async function settle(page: Page) {
  await page.getByRole('link', { name: 'Settings', exact: true }).click()
  for (const [field, day] of [
    ['Usually begins', yearDays.begins],
    ['Usually ends', yearDays.ends],
  ] as const) {
    await page.getByLabel(`${field}: month`).selectOption(day.slice(0, 2))
    await page.getByLabel(`${field}: day`).selectOption(day.slice(3))
  }
  await page.getByLabel('New grade level').fill('Year 7, Year 8')
  await page.keyboard.press('Enter')
  await page.getByLabel('Give each new student a number').check()
  await page.getByLabel('Pattern').fill('H-###')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('Saved the settings')).toBeVisible()
}

test('a secretary comes from the setup link to a first class with students, without a terminal', async ({ page }) => {
  const site = await startSite('empty')
  try {
    watchRequests(page)
    await setUp(page, linkOf(site.output()))
    await checkAccess(page, 'the first steps')
    await expect(step(page, 'Students')).toContainText('None yet')
    await settle(page)

    await home(page)
    await page.getByRole('link', { name: 'Add by hand: Year and terms' }).click()
    await expect(page.getByLabel('Title')).toHaveValue(/^\d{4}/)
    await page.getByRole('button', { name: 'Add term' }).click()
    await expect(page.getByText(/^Added /)).toBeVisible()

    await home(page)
    await expect(step(page, 'Year and terms')).toContainText('1 there')
    await page.getByRole('link', { name: 'Add by hand: Classes' }).click()
    await page.getByLabel('Title').fill('Biology 7')
    await page.getByRole('button', { name: 'Add class' }).click()
    await expect(page.getByRole('heading', { name: 'Biology 7' })).toBeVisible()

    await home(page)
    await page.getByRole('link', { name: 'Paste: Students' }).click()
    await page
      .getByLabel('Rows from your spreadsheet')
      .fill(['Given name\tFamily name\tGrade', 'Amara\tAbara\tYear 7', 'Bo\tBianchi\t8'].join('\n'))
    await page.getByRole('button', { name: 'Check the rows' }).click()
    await page.getByRole('button', { name: 'Add 2 students' }).click()
    await expect(page.getByText('Added 2 students')).toBeVisible()
    await page.goto(`${new URL(page.url()).origin}/hillcrest-school/students`)
    const row = page.getByRole('row', { name: /Bianchi, Bo/ })
    await expect(row).toContainText('H-002')
    await expect(row).toContainText('Year 8')

    await page.getByRole('link', { name: 'Home', exact: true }).click()
    await expect(page.getByRole('heading', { name: 'Begin here' })).toHaveCount(0)
  } finally {
    await page.goto('about:blank')
    await site.done()
  }
})

test('the first steps are taken on a phone and by keyboard @full', async ({ page }) => {
  const site = await startSite('empty')
  try {
    watchRequests(page)
    await page.setViewportSize({ width: 390, height: 844 })
    await setUp(page, linkOf(site.output()))
    await settled(page)
    await checkAccess(page, 'the first steps on a phone')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    await page.getByRole('link', { name: 'Paste: Rooms' }).press('Enter')
    await expect(page).toHaveURL(/\/rooms\/paste$/)
    await page.goBack()
    await page.getByRole('link', { name: 'Invite: People let in' }).press('Enter')
    await expect(page).toHaveURL(/\/members\/new$/)
  } finally {
    await page.goto('about:blank')
    await site.done()
  }
})

test('an owner looks around among made-up people beside her empty school, and takes them away again', async ({
  page,
}) => {
  const site = await startSite('empty')
  try {
    watchRequests(page)
    await setUp(page, linkOf(site.output()))
    await page.getByRole('button', { name: 'Look around with made-up people' }).click()
    await expect(page.getByText('Demo school: nobody here is real.')).toBeVisible()
    await expect(page).toHaveURL(/\/northgate-demo-school\/home$/)
    await page.getByRole('link', { name: 'Students', exact: true }).click()
    await expect(page.getByText('240', { exact: true })).toBeVisible()
    await settled(page)
    await page.getByRole('link', { name: 'Home', exact: true }).click()
    await page.getByRole('button', { name: 'Remove this school' }).click()
    const dialog = page.getByRole('dialog', { name: 'Remove the school of made-up people?' })
    await checkAccess(page, 'removing the demo school')
    await dialog.getByRole('button', { name: 'Remove this school' }).click()
    await expect(page).toHaveURL(/\/hillcrest-school\/home$/)
    await expect(page.getByRole('heading', { name: 'Begin here' })).toBeVisible()
    await expect(page.getByText('Demo school')).toHaveCount(0)
  } finally {
    await site.done()
  }
})
