import type { Page } from '@playwright/test'
import { marks } from './log-canary.ts'
import { ann, ben, password } from './people.ts'
import { settled, watchRequests } from './settled.ts'
import { expect, refusals, signIn, startSite, studentRow, test } from './test.ts'

async function fill(page: Page, email: string, secret: string) {
  await page.getByLabel('Email').fill(email)
  await page.getByRole('textbox', { name: 'Password' }).fill(secret)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

test('signing in leads to the page one wanted', async ({ page, site }) => {
  await page.goto(`${site.url}/northgate/students?grade=07`)
  await expect(page).toHaveURL(/\/sign-in#next=/)
  await fill(page, ann.email, password)
  await expect(page).toHaveURL(`${site.url}/northgate/students?grade=07`)
  await expect(studentRow(page, 'Abara, Amara')).toBeVisible()
})

test('a link to another site in the address is not followed', async ({ page, site }) => {
  await page.goto(`${site.url}/sign-in?next=${encodeURIComponent('//example.com/students')}`)
  await fill(page, ann.email, password)
  await expect(page).toHaveURL(`${site.url}/northgate/home`)
})

test('signing out leaves nothing on the screen, and Back does not bring it back', async ({ page, site }) => {
  await signIn(page.context(), site.url, ben)
  await page.goto(`${site.url}/northgate/students`)
  await page.getByRole('button', { name: 'Account of Ben Okoro' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await expect(page.getByRole('table')).toHaveCount(0)
})

test('what the browser keeps for good says nothing about a person', async ({ page, site }) => {
  await page.goto(`${site.url}/northgate/students`)
  await fill(page, ann.email, password)
  await page.getByLabel('Search students').fill('abara')
  await studentRow(page, 'Abara, Amara').click()
  await page.getByRole('link', { name: 'Edit' }).click()
  await page.getByLabel('Given name').fill('Amarantha')
  const kept = await page.evaluate(async () => ({
    local: Object.entries(localStorage),
    databases: await indexedDB.databases(),
    caches: await caches.keys(),
  }))
  const text = JSON.stringify(kept)
  expect(marks.filter((mark) => (typeof mark === 'string' ? text.includes(mark) : mark.test(text)))).toEqual([])
  expect(text).not.toMatch(/amara/i)
  expect(text).toContain('northgate')
  const cookies = await page.context().cookies()
  for (const { name, httpOnly, expires } of cookies)
    expect([name, httpOnly, expires > 0]).toEqual([name, true, name.endsWith('-device')])
})

test('two registers at one host sign nobody out of the other @full', async ({ page, site }) => {
  const other = await startSite('small')
  const count = async () =>
    (await page.context().cookies()).filter(({ name }) => /homeroom-[0-9a-f]{12}$/.test(name)).length
  try {
    expect(new URL(other.url).hostname).toBe(new URL(site.url).hostname)
    for (const [{ url }, person] of [
      [site, ann],
      [other, ben],
    ] as const) {
      await page.goto(`${url}/northgate/students`)
      await fill(page, person.email, password)
      await expect(studentRow(page, 'Abara, Amara')).toBeVisible()
    }
    expect(await count()).toBe(2)
    await page.goto(`${site.url}/northgate/home`)
    await expect(page.getByRole('button', { name: 'Account of Ann Lee' })).toBeVisible()
    await page.goto(`${other.url}/northgate/home`)
    await page.getByRole('button', { name: 'Account of Ben Okoro' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    expect(await count()).toBe(1)
    await page.goto(`${site.url}/northgate/home`)
    await expect(page.getByRole('button', { name: 'Account of Ann Lee' })).toBeVisible()
  } finally {
    await other.done()
  }
})

test.describe('when the server refuses', () => {
  test.use({ expectedErrors: refusals })

  test('a wrong password says what to check and keeps the email', async ({ page, site }) => {
    await page.goto(`${site.url}/sign-in`)
    await fill(page, ann.email, 'not the password')
    await expect(page.getByRole('alert')).toContainText('The email address or the password is not right')
    await expect(page.getByLabel('Email')).toHaveValue(ann.email)
    await expect(page.getByRole('textbox', { name: 'Password' })).toBeFocused()
  })

  test('a session that ends while typing is taken up again in place, and the change is saved @full', async ({
    page,
    site,
  }) => {
    await signIn(page.context(), site.url, ann)
    await page.route('**/trpc/presences.*', (route) => route.fulfill({ json: { result: { data: [] } } }))
    watchRequests(page)
    await page.goto(`${site.url}/northgate/students?q=ueda`)
    await studentRow(page, 'Ueda, Lena').click()
    await page.getByRole('link', { name: 'Edit' }).click()
    await page.getByLabel('Preferred name').fill('Leni')
    await settled(page)
    await page.context().clearCookies()
    await page.getByRole('button', { name: 'Save changes' }).click()
    const dialog = page.getByRole('dialog', { name: 'Sign in to go on' })
    await expect(dialog).toContainText('Ann Lee')
    await dialog.getByRole('textbox', { name: 'Password' }).fill(password)
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click()
    await expect(dialog).toBeHidden()
    await expect(page.getByRole('heading', { name: 'Lena Ueda' })).toBeVisible()
    await expect(page.getByRole('complementary').getByText('Leni')).toBeVisible()
  })
})
