import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import type { AxeResults } from 'axe-core'
import { ann, nia } from './people.ts'
import { expect, refusals, signIn, startSite, studentRow, test } from './test.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What axe finds wrong, in light and in dark. */
async function check(page: Page, screen: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.evaluate(axe)
    const { violations } = await page.evaluate(
      (values) =>
        (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
          runOnly: { type: 'tag', values },
          resultTypes: ['violations'],
        }),
      tags,
    )
    const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))
    expect(found, `${screen}, ${colorScheme}`).toEqual([])
  }
}

test.setTimeout(90_000)
test.use({ expectedErrors: refusals })

test('the doors have nothing that shuts people out', async ({ page, site }) => {
  const empty = await startSite('empty')
  try {
    await page.goto(/(http:\S+\/setup#t=\S+)/.exec(empty.output())?.[1] ?? '')
    await page.getByRole('button', { name: 'Set up this school' }).click()
    await expect(page.getByText('Enter your name')).toBeVisible()
    await check(page, 'setup, refused')
  } finally {
    await empty.done()
  }
  await page.goto(`${site.url}/sign-in`)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await check(page, 'sign-in, refused')
  await page.goto(`${site.url}/setup`)
  await expect(page.getByText('This setup link cannot be used')).toBeVisible()
  await check(page, 'setup, expired')
})

test('the students have nothing that shuts people out', async ({ page, site }) => {
  await signIn(page.context(), site.url, ann)
  await page.goto(`${site.url}/northgate/students`)
  await studentRow(page, 'Abara, Amara').click()
  await expect(page.getByRole('table')).toBeVisible()
  await expect(page.getByText('Biology 10B')).toBeVisible()
  await check(page, 'list with a record')
  await page.getByRole('link', { name: 'Open page' }).click()
  await expect(page.getByRole('table', { name: 'Classes' })).toBeVisible()
  await check(page, 'student')
  await page.getByRole('link', { name: 'Edit' }).click()
  await page.getByLabel('Family name').fill('')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await check(page, 'edit, refused')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('dialog', { name: 'Leave without saving?' })).toBeVisible()
  await check(page, 'leave without saving')
  await page.getByRole('button', { name: 'Leave without saving' }).click()
  await page.goto(`${site.url}/northgate/students?q=zzz`)
  await expect(page.getByText('No students match')).toBeVisible()
  await check(page, 'no match')
  await page.goto(`${site.url}/nowhere/students`)
  await expect(page.getByText('There is nothing at this address')).toBeVisible()
  await check(page, 'not found')
})

test('the classes, menus and empty screens have nothing that shuts people out', async ({ page, site, otherPage }) => {
  await signIn(page.context(), site.url, ann)
  await page.goto(`${site.url}/northgate/classes`)
  await page.getByRole('button', { name: 'Account of Ann Lee' }).click()
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible()
  await check(page, 'classes with a menu')
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Biology 10B' }).click()
  await expect(page.getByRole('table')).toBeVisible()
  await check(page, 'class')
  await signIn(otherPage.context(), site.url, nia)
  await otherPage.goto(`${site.url}/northgate/students`)
  await expect(otherPage.getByText('You have no students yet')).toBeVisible()
  await check(otherPage, 'no students')
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } })
  test('the lists and sheets have nothing that shuts people out', async ({ page, site }) => {
    await signIn(page.context(), site.url, ann)
    await page.goto(`${site.url}/northgate/students`)
    await expect(studentRow(page, 'Abara, Amara')).toBeVisible()
    await check(page, 'list')
    await page.getByRole('button', { name: 'Filters' }).click()
    await expect(page.getByRole('dialog', { name: 'Filters' })).toBeVisible()
    await check(page, 'filters')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Menu' }).click()
    await expect(page.getByRole('dialog', { name: 'Menu' })).toBeVisible()
    await check(page, 'menu')
    await page.keyboard.press('Escape')
    await studentRow(page, 'Abara, Amara').click()
    await expect(page.getByRole('dialog', { name: 'Amara Abara' })).toBeVisible()
    await check(page, 'record')
  })
})
