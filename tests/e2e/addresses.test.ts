/** What people type never stands in an address that a browser asks a server for: proxies write those into their logs. */
import type { BrowserContext, Page } from '@playwright/test'
import { ann, password, vic } from './people.ts'
import { expect, refusals, signIn, studentRow, test } from './test.ts'

/** All that a proxy could log of the requests: their addresses, and the pages they name as where they come from. */
function follow(context: BrowserContext): string[] {
  const seen: string[] = []
  context.on('request', async (request) => {
    seen.push(request.url())
    // What the page was asked for when the test ended needs no look.
    const { referer } = await request.allHeaders().catch(() => ({ referer: '' }))
    if (referer) seen.push(referer)
  })
  return seen
}
const search = (page: Page) => page.getByLabel('Search students')
const named = /okafor|abara|quinn|amara/i

test('searching, filtering, reloading, sharing, saving and printing name nobody to a proxy', async ({
  page,
  otherPage,
  site,
}) => {
  const seen = [...[page, otherPage].map((one) => follow(one.context()))]
  await signIn(page.context(), site.url, ann)
  await page.goto(`${site.url}/northgate/students`)
  await search(page).fill('okafor')
  await expect(page).toHaveURL(/students#q=okafor$/)
  await page.getByLabel('Grade', { exact: true }).selectOption('Grade 7')
  await expect(page).toHaveURL(/students\?grade=07#q=okafor$/)
  await expect(page.getByRole('table').getByRole('link')).toHaveText(['Okafor, Quinn'])

  await page.reload()
  await expect(search(page)).toHaveValue('okafor')
  await expect(page.getByRole('table').getByRole('link')).toHaveText(['Okafor, Quinn'])

  await studentRow(page, 'Okafor, Quinn').click()
  await expect(page).toHaveURL(/\?grade=07&student=[\w-]{36}#q=okafor$/)
  await page.getByRole('link', { name: 'Open page' }).click()
  await expect(page).toHaveURL(/students\/[\w-]{36}$/)
  await page.goBack()
  await expect(page.getByRole('heading', { name: 'Quinn Okafor' })).toBeVisible()
  await page.goBack()
  await expect(page).toHaveURL(/students\?grade=07#q=okafor$/)
  await page.goForward()
  await expect(page).toHaveURL(/student=[\w-]{36}#q=okafor$/)
  const shared = page.url()

  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Views/ }).click()
  await page.getByRole('menuitem', { name: 'Save this view…' }).click()
  await page.getByLabel('Name').fill('Quinn')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Quinn' })).toBeVisible()
  await search(page).fill('abara')
  await expect(page.getByRole('table').getByRole('link')).toHaveText(['Abara, Amara'])
  await page.getByRole('button', { name: /^Views/ }).click()
  await page.getByRole('menuitem', { name: 'Quinn' }).click()
  await expect(page).toHaveURL(/#q=okafor$/)
  await page.reload()
  await expect(page.getByRole('button', { name: 'Quinn' })).toBeVisible()

  await page.getByRole('button', { name: 'Columns, export and print' }).click()
  await page.getByRole('menuitem', { name: 'Print all rows' }).click()
  await expect(page).toHaveURL(/students\/print\?grade=07#q=okafor$/)
  await page.reload()
  await expect(page.getByText(/^Search: “okafor”/)).toBeVisible()

  await otherPage.goto(shared)
  await expect(otherPage).toHaveURL(/sign-in#next=/)
  await otherPage.reload()
  await otherPage.getByLabel('Email').fill(vic.email)
  await otherPage.getByRole('textbox', { name: 'Password' }).fill(password)
  await otherPage.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(otherPage).toHaveURL(shared)
  await expect(otherPage.getByRole('heading', { name: 'Quinn Okafor' })).toBeVisible()

  expect(seen.flat().filter((address) => named.test(decodeURIComponent(address)))).toEqual([])
  for (const part of ['/northgate/students?grade=07', '/trpc/', 'live.changes', '/sign-in'])
    expect(seen.flat().join('\n')).toContain(part)
})

test('an address of before, with the words in its query, opens the list and leaves the query @full', async ({
  page,
  site,
}) => {
  await signIn(page.context(), site.url, ann)
  await page.goto(`${site.url}/northgate/students?q=okafor&grade=07`)
  await expect(studentRow(page, 'Okafor, Quinn')).toBeVisible()
  await expect(page).toHaveURL(`${site.url}/northgate/students?grade=07#q=okafor`)
  await expect(search(page)).toHaveValue('okafor')
})

test('a fragment typed into the address changes the search, and the skip link keeps it @full', async ({
  page,
  site,
}) => {
  await signIn(page.context(), site.url, ann)
  await page.goto(`${site.url}/northgate/students#q=abara`)
  await expect(page.getByRole('table').getByRole('link')).toHaveText(['Abara, Amara'])
  await page.goto(`${site.url}/northgate/students#q=okafor`)
  await expect(page.getByRole('table').getByRole('link')).toHaveText(['Okafor, Quinn'])
  await expect(search(page)).toHaveValue('okafor')
  await page.getByRole('link', { name: /^Skip/ }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  await expect(page).toHaveURL(/#q=okafor$/)
})

test.describe('after the end of a session', () => {
  test.use({ expectedErrors: refusals })
  test('whoever signs in as somebody else after the end comes back to the search @full', async ({ page, site }) => {
    const seen = follow(page.context())
    await signIn(page.context(), site.url, ann)
    await page.goto(`${site.url}/northgate/students#q=abara`)
    await expect(studentRow(page, 'Abara, Amara')).toBeVisible()
    await page.context().clearCookies()
    await page.getByLabel('Search students').fill('abara a')
    await page.getByRole('dialog').getByRole('button', { name: 'Sign in as somebody else' }).click()
    await expect(page).toHaveURL(/sign-in#next=/)
    await page.getByLabel('Email').fill(vic.email)
    await page.getByRole('textbox', { name: 'Password' }).fill(password)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await expect(page).toHaveURL(/students#q=abara/)
    expect(seen.filter((address) => named.test(decodeURIComponent(address)))).toEqual([])
  })
})
