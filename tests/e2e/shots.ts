/**
 * Takes the pictures of docs/ from a demo school: `npx tsx tests/e2e/shots.ts`. With a folder, every screen in light and
 * dark, wide and narrow, goes there instead, for looking at: `npx tsx tests/e2e/shots.ts <folder>`.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { chromium } from '@playwright/test'
import { browserFlags, findBrowser } from '../setup/browser.ts'
import { homeroom, temporaryFolder } from '../setup/server.ts'
import { ann, password } from './people.ts'
import { signIn, startBuilt } from './test.ts'

const school = '/northgate-demo-school'
const everything = process.argv[2]
const target = everything ?? join(import.meta.dirname, '../../docs')

interface View {
  name: string
  width: number
  height: number
  colorScheme: 'light' | 'dark'
}
const wide = { width: 1440, height: 900 }
const narrow = { width: 390, height: 844 }
const views: View[] = [
  { name: 'light', ...wide, colorScheme: 'light' },
  { name: 'dark', ...wide, colorScheme: 'dark' },
  { name: 'phone-light', ...narrow, colorScheme: 'light' },
  { name: 'phone-dark', ...narrow, colorScheme: 'dark' },
]

async function open(browser: Browser, url: string, { width, height, colorScheme }: View): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    reducedMotion: 'reduce',
    locale: 'en-US',
  })
  await signIn(context, url, ann)
  const page = await context.newPage()
  await page.goto(`${url}${school}/students`)
  await page.getByRole('table').waitFor()
  return page
}

const take = async (page: Page, name: string) => {
  // The pointer would color whatever it happens to rest on.
  await page.mouse.move(0, 0)
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: join(target, `${name}.png`) })
}

async function forDocs(browser: Browser, url: string): Promise<void> {
  for (const view of views.filter(({ name }) => name !== 'phone-dark')) {
    const page = await open(browser, url, view)
    if (view.width > 400) {
      await page.getByRole('table').getByRole('link').nth(4).click()
      await page.getByRole('complementary').getByRole('listitem').first().waitFor()
      await page.getByRole('heading', { level: 1 }).click()
    }
    await take(page, view.name === 'light' ? 'students' : `students-${view.name.replace('-light', '')}`)
    await page.context().close()
  }
}

const screens: Record<string, (page: Page, at: (path: string) => Promise<unknown>) => Promise<unknown>> = {
  students: async (page) => page.getByRole('table').waitFor(),
  'no-match': async (page, at) => {
    await at('/students?q=zzz&grade=07&status=inactive')
    await page.getByText('No students match').waitFor()
  },
  panel: async (page, at) => {
    await at('/students')
    await page.getByRole('table').getByRole('link').nth(3).click()
    await page.getByRole('listitem').first().waitFor()
  },
  student: async (page) => {
    await page.getByRole('link', { name: 'Open page' }).click()
    await page
      .getByRole('link', { name: /Algebra|English|Geometry/ })
      .first()
      .waitFor()
  },
  'archive-question': async (page) => {
    await page.getByRole('button', { name: 'Archive' }).click()
    await page.getByRole('button', { name: 'Archive and keep them as they are' }).waitFor()
  },
  archived: async (page) => {
    await page.getByRole('button', { name: 'Archive and keep them as they are' }).click()
    await page.getByRole('button', { name: 'Undo' }).waitFor()
  },
  edit: async (page) => {
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('link', { name: 'Edit' }).click()
    await page.getByLabel('Given name').waitFor()
  },
  refused: async (page) => {
    await page.getByLabel('Given name').fill('')
    await page.getByLabel('Family name').fill('')
    await page.getByLabel('Email').fill('nope')
    await page.getByRole('button', { name: 'Save changes' }).click()
  },
  leave: async (page) => {
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('dialog').waitFor()
    await page.getByRole('dialog').getByText('What you typed').waitFor()
  },
  'away-and-signed-out': async (page) => {
    await page.getByRole('button', { name: 'Keep editing' }).click()
    await page.getByLabel('Family name').fill('Abara-Lindqvist')
    await page.getByLabel('Email').fill('someone@students.example')
    await page.route('**/trpc/**', (route) => route.abort())
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('Homeroom is not answering').waitFor()
  },
  'signed-out': async (page) => {
    await page.context().clearCookies()
    await page.unroute('**/trpc/**')
    await page.getByRole('dialog', { name: 'Sign in to go on' }).waitFor()
  },
}

async function forLooking(browser: Browser, url: string): Promise<void> {
  for (const view of views) {
    const page = await open(browser, url, view)
    for (const [name, reach] of Object.entries(screens)) {
      await reach(page, (path) => page.goto(`${url}${school}${path}`))
      await take(page, `${name}-${view.name}`)
    }
    await page.context().close()
  }
}

mkdirSync(target, { recursive: true })
const folder = temporaryFolder()
const env = { DATABASE_URL: `file:${join(folder.path, 'homeroom.db')}` }
await homeroom(['init', '--name', ann.name, '--email', ann.email], { input: password, env })
await homeroom(['demo'], { env })
const site = await startBuilt(env)
const executablePath = findBrowser()
const browser = await chromium.launch({ args: browserFlags, ...(executablePath && { executablePath }) })
try {
  await (everything ? forLooking : forDocs)(browser, site.url)
} finally {
  await browser.close()
  await site.stop()
  folder.done()
}
