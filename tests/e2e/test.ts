/** What every browser test starts from: a built server with a database of its own, and a page that tolerates no error. */
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext, Page } from '@playwright/test'
import { test as base, expect } from '@playwright/test'
import { v7 } from 'uuid'
import type { Running } from '../setup/server.ts'
import { startServer, temporaryFolder } from '../setup/server.ts'
import { largeTemplate } from './large-template.ts'
import { keepLog } from './log-canary.ts'
import { noteCalls } from './note-calls.ts'
import { password } from './people.ts'

export { expect }

const folder = process.env.HOMEROOM_BROWSER_TESTS
export const app = folder ? join(folder, 'app') : join(import.meta.dirname, '../..')

/** Starts the built server, which stops at once when asked. Its log is searched when all tests have ended. */
export async function startBuilt(env: Record<string, string>, built = app): Promise<Running> {
  const command: [string, ...string[]] = [process.execPath, join(built, 'dist/server/homeroom.js'), 'start']
  const running = await startServer({ DRAIN_DELAY_MS: '0', LOG_LEVEL: 'debug', ...env }, command)
  if (folder) keepLog(join(folder, 'logs'), running)
  return running
}

/** As builds name themselves: newer and older than the one that is tested. */
export const versions = { newer: '99.0.0+20990101000000.00000000', older: '0.0.1+20200101000000.00000000' }

type Template = 'small' | 'large' | 'empty'
export interface Site extends Running {
  databaseUrl: string
  done(): Promise<void>
}

/** A server on a copy of one of the databases made for all, or on none yet. */
export async function startSite(template: Template, env: Record<string, string> = {}, built = app): Promise<Site> {
  const own = temporaryFolder()
  const file = join(own.path, 'homeroom.db')
  if (template === 'large') copyFileSync(await largeTemplate(folder ?? ''), file)
  if (template === 'small') copyFileSync(join(folder ?? '', 'small.db'), file)
  const databaseUrl = `file:${file}`
  const running = await startBuilt({ DATABASE_URL: databaseUrl, ...env }, built)
  const done = async () => {
    await running.stop()
    own.done()
  }
  return { ...running, databaseUrl, done }
}

/** Signs the browser in without the form: the form has tests of its own. */
export async function signIn(context: BrowserContext, url: string, { email }: { email: string }): Promise<void> {
  const answer = await context.request.post(`${url}/trpc/session.create`, {
    headers: { origin: url, 'idempotency-key': v7() },
    data: { email, password },
  })
  expect(answer.status()).toBe(200)
}

/** Asks the server as this page's person in the school of that slug, past the screens; answers the data. */
export async function ask<T = { id: string }>(
  page: Page,
  url: string,
  procedure: string,
  data: object,
  school = 'northgate',
): Promise<T> {
  const answer = await page.context().request.post(`${url}/trpc/${procedure}`, {
    headers: { origin: url, 'x-school': school, 'idempotency-key': v7() },
    data,
  })
  expect(answer.status(), await answer.text()).toBe(200)
  return ((await answer.json()) as { result: { data: T } }).result.data
}

/** Notes whatever goes wrong in the page: errors in the console, thrown ones, breaches of the content security policy. */
async function watch(page: Page, troubles: string[]): Promise<void> {
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(message.text())
  })
  noteCalls(page)
  page.on('pageerror', (error) => troubles.push(String(error.stack)))
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) =>
      console.error(`Content-Security-Policy: ${violatedDirective} ${blockedURI} ${sourceFile}`),
    )
  })
}

interface TestFixtures {
  /** Errors in the console that a test is about, such as the browser's own line for a refused request. */
  expectedErrors: RegExp[]
  troubles: string[]
  /** Another person's browser. */
  otherPage: Page
}
interface WorkerFixtures {
  site: Site
  largeSite: Site
}

/** The browser notes every answer above 399 by itself. */
export const refusals = [/Failed to load resource: the server responded with a status of 4\d\d/]

export const test = base.extend<TestFixtures, WorkerFixtures>({
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from it
    async ({}, use) => {
      const site = await startSite('small')
      await use(site)
      await site.done()
    },
    { scope: 'worker' },
  ],
  largeSite: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from it
    async ({}, use) => {
      const site = await startSite('large')
      await use(site)
      await site.done()
    },
    { scope: 'worker' },
  ],
  expectedErrors: [[], { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from it
  troubles: async ({}, use) => use([]),
  page: async ({ page, troubles, expectedErrors }, use) => {
    await watch(page, troubles)
    await use(page)
    expect(troubles.filter((trouble) => !expectedErrors.some((expected) => expected.test(trouble)))).toEqual([])
  },
  otherPage: async ({ browser, troubles }, use) => {
    const context = await browser.newContext()
    const page = await context.newPage()
    await watch(page, troubles)
    await use(page)
    await context.close()
  },
})

/** A site that no other file sees, from the file's first test on. */
export function ownSite(): Site {
  const site = {} as Site
  test.beforeAll(async () => void Object.assign(site, await startSite('small')))
  test.afterAll(() => site.done())
  return site
}

/** The open list's link to a student. */
export const studentRow = (page: Page, name: string) => page.getByRole('table').getByRole('link', { name })
