/** A session that was ended elsewhere: what was on the screen is covered, and comes back with its person alone. */
import type { Page } from '@playwright/test'
import { checkAccessInFull } from './check-access.ts'
import { ann, ben, password } from './people.ts'
import { settled, watchRequests } from './settled.ts'
import { ask, expect, ownSite, refusals, signIn, test } from './test.ts'

const site = ownSite()
test.use({ expectedErrors: refusals })

const cover = (page: Page) => page.getByRole('dialog', { name: 'Sign in to go on' })
const open = (page: Page, path: string) => page.goto(`${site.url}/northgate/${path}`)

async function goOn(page: Page): Promise<void> {
  await cover(page).getByRole('textbox', { name: 'Password' }).fill(password)
  await cover(page).getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(cover(page)).toBeHidden()
}

/** Ann signs out all her other browsers, at another desk. */
async function signOutElsewhere(otherPage: Page): Promise<void> {
  await signIn(otherPage.context(), site.url, ann)
  await ask(otherPage, site.url, 'session.revokeOthers', {})
}

async function idOf(page: Page, search: string): Promise<string> {
  const { rows } = await ask<{ rows: { id: string }[] }>(page, site.url, 'students.list', { search })
  return rows[0]?.id ?? ''
}

/** What of these words a person, a screen reader, the browser's search and a printer still find on the page. */
async function found(page: Page, words: readonly string[]): Promise<string[]> {
  const tree = await page.locator('html').ariaSnapshot()
  const seen = await page.evaluate(
    (wanted) =>
      wanted.flatMap((word) => {
        getSelection()?.removeAllRanges()
        const isFound = (window as unknown as { find(text: string): boolean }).find(word)
        return [
          ...(document.body.innerText.includes(word) ? [`text: ${word}`] : []),
          ...(document.title.includes(word) ? [`title: ${word}`] : []),
          ...(isFound ? [`search: ${word}`] : []),
        ]
      }),
    words,
  )
  await page.emulateMedia({ media: 'print' })
  const printed = await page.evaluate(
    (wanted) => wanted.filter((word) => document.body.innerText.includes(word)).map((word) => `print: ${word}`),
    words,
  )
  await page.emulateMedia({ media: 'screen' })
  return [...seen, ...printed, ...words.filter((word) => tree.includes(word)).map((word) => `tree: ${word}`)]
}

test('signing out everywhere covers the other screens, and neither Escape nor Back opens them', async ({
  page,
  otherPage,
}) => {
  await signIn(page.context(), site.url, ann)
  const studentId = await idOf(page, 'abara')
  await ask(page, site.url, 'studentAlerts.create', { studentId, kind: 'medical', text: 'Peanuts' })
  await open(page, 'students')
  await open(page, `students/${studentId}`)
  await page.getByRole('link', { name: 'Students' }).first().click()
  await page.getByRole('table').getByRole('link', { name: 'Abara, Amara' }).click()
  await page.getByRole('link', { name: 'Open page' }).click()
  const words = ['Abara', 'Amara', '7 Jul 2013', 'Peanuts', 'Biology']
  await expect(page.getByText('Peanuts').first()).toBeVisible()
  expect(await found(page, words)).not.toEqual([])
  const address = page.url()

  await signOutElsewhere(otherPage)
  await expect(cover(page)).toBeVisible()
  expect(await found(page, words)).toEqual([])
  await expect(page.getByText('Connected')).toBeHidden()
  await checkAccessInFull(page, 'the cover')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.goBack()
  await page.keyboard.press('Control+k')
  await expect(cover(page)).toBeVisible()
  expect(await found(page, words)).toEqual([])
  expect(page.url()).toBe(address)

  await goOn(page)
  expect(page.url()).toBe(address)
  await expect(page.getByRole('heading', { name: 'Amara Abara' })).toBeVisible()
  await expect(page.getByText('Peanuts').first()).toBeVisible()
  await expect(page).toHaveTitle(/Amara Abara/)
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('a page that nobody touches for an hour listens no more, and is covered all the same @full', async ({
  page,
  otherPage,
}) => {
  await signIn(page.context(), site.url, ann)
  await page.clock.install()
  const isListening = page.waitForResponse(/live\.changes/)
  await open(page, 'students')
  await isListening
  const cut = page.waitForEvent('requestfailed', (request) => request.url().includes('/trpc/live.'))
  await page.clock.fastForward('01:00:00')
  await cut
  await signOutElsewhere(otherPage)
  await page.clock.fastForward('01:00')
  await expect(cover(page)).toBeVisible()
  expect(await found(page, ['Abara'])).toEqual([])
})

test('who signs in in that window instead sees nothing of what was typed there, and its own person goes on with it', async ({
  page,
  otherPage,
}) => {
  await signIn(page.context(), site.url, ann)
  await open(page, 'students/new')
  await page.getByLabel('Family name').fill('Halfwritten')
  await signOutElsewhere(otherPage)
  await expect(cover(page)).toContainText('Ann Lee')
  await cover(page).getByRole('button', { name: 'Sign in as somebody else' }).click()
  await page.getByLabel('Email').fill(ben.email)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Account of Ben Okoro' })).toBeVisible()
  await expect(page.getByLabel('Family name')).toHaveValue('')
  expect(await page.content()).not.toContain('Halfwritten')
  await page.goBack()
  await page.goForward()
  await expect(page.getByText('Halfwritten')).toHaveCount(0)

  await signIn(page.context(), site.url, ann)
  await page.reload()
  await expect(page.getByText('What you typed here before is back.')).toBeVisible()
  await expect(page.getByLabel('Family name')).toHaveValue('Halfwritten')
})

test('what asks and listens by itself does not keep a session alive; whoever works does @full', async ({ page }) => {
  await signIn(page.context(), site.url, ann)
  watchRequests(page)
  await page.clock.install()
  const calls: [string, boolean][] = []
  page.on('request', (request) => {
    const [, procedure] = /\/trpc\/([^?]+)/.exec(request.url()) ?? []
    // The stream has no header of ours, and is no visit by itself.
    if (procedure && procedure !== 'live.changes') calls.push([procedure, 'x-unattended' in request.headers()])
  })
  for (const path of ['home', 'system']) {
    await open(page, path)
    await settled(page)
    await page.clock.fastForward('00:02:00')
    calls.length = 0
    await page.clock.fastForward('00:06:00')
    await expect.poll(() => calls.map(([procedure]) => procedure).join()).toContain(`${path}.get`)
    expect(calls.filter(([, isUnattended]) => !isUnattended)).toEqual([])
  }
  await page.keyboard.press('Shift')
  calls.length = 0
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Rooms', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Rooms' })).toBeVisible()
  await expect.poll(() => calls.length).toBeGreaterThan(0)
  expect(calls.filter(([, isUnattended]) => isUnattended)).toEqual([])
})
