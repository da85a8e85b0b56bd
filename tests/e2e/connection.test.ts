import type { Page } from '@playwright/test'
import { freePort } from '../setup/postgres.ts'
import { checkAccessInFull } from './check-access.ts'
import { ann } from './people.ts'
import { expect, signIn, startBuilt, startSite, studentRow, test, versions } from './test.ts'
import { startWire } from './wire.ts'

test.use({ expectedErrors: [/Failed to load resource: (net::|the server responded with a status of 503)/] })

test('while the server restarts a calm line says so, and a change made meanwhile is saved', async ({ page }) => {
  const port = String(await freePort())
  const site = await startSite('small', { PORT: port })
  let restarted: Awaited<ReturnType<typeof startBuilt>> | undefined
  try {
    await signIn(page.context(), site.url, ann)
    await page.goto(`${site.url}/northgate/students?q=okafor`)
    await studentRow(page, 'Okafor, Quinn').click()
    await page.getByRole('link', { name: 'Edit' }).click()
    await page.getByLabel('Preferred name').fill('Q')
    await expect(page.getByText('Connected')).toBeVisible()
    site.child.kill('SIGKILL')
    await site.ended
    await page.getByRole('button', { name: 'Save changes' }).click()
    await expect(page.getByText('Homeroom is not answering. Reconnecting; what you typed is kept.')).toBeVisible()
    await expect(page.getByText('Reconnecting', { exact: true })).toBeVisible()
    restarted = await startBuilt({ DATABASE_URL: site.databaseUrl, PORT: port })
    await expect(page.getByRole('heading', { name: 'Quinn Okafor' })).toBeVisible()
    await expect(page.getByText('Homeroom is not answering')).toBeHidden()
    await expect(page.getByText('Connected')).toBeVisible()
  } finally {
    await restarted?.stop()
    await site.done()
  }
})

test('while nothing answers, the heading claims no count for filters nobody has counted @full', async ({
  page,
  site,
}) => {
  await signIn(page.context(), site.url, ann)
  await page.goto(`${site.url}/northgate/students`)
  const count = page.getByRole('main').getByRole('status').filter({ hasText: /\d/ })
  await expect(count).toBeVisible()
  await page.route('**/trpc/**', (route) => route.abort())
  await page.getByLabel('Search students').fill('okafor')
  await expect(page).toHaveURL(/q=okafor/)
  await expect(count).toHaveCount(0)
  await page.unroute('**/trpc/**')
  await expect(count).toHaveText('1 matching')
})

test('a newer version of the server offers a reload and does not force it; an older one beside it changes nothing @full', async ({
  page,
  site,
}) => {
  await signIn(page.context(), site.url, ann)
  await page.goto(`${site.url}/northgate/students`)
  await expect(studentRow(page, 'Abara, Amara')).toBeVisible()
  let version = versions.older
  await page.route('**/trpc/**', async (route) => {
    if (route.request().url().includes('/trpc/live.')) return route.abort()
    const answer = await route.fetch()
    await route.fulfill({ response: answer, headers: { ...answer.headers(), 'x-app-version': version } })
  })
  const banner = page.getByText('A new version of Homeroom is here')
  const find = async (search: string, name: string) => {
    await page.getByLabel('Search students').fill(search)
    await expect(page.getByText('1 matching')).toBeVisible()
    await expect(studentRow(page, name)).toBeVisible()
  }
  await find('okafor', 'Okafor, Quinn')
  await expect(banner).toBeHidden()
  version = versions.newer
  await find('abara', 'Abara, Amara')
  await expect(banner).toBeVisible()
  version = versions.older
  await find('petrov', 'Petrov, Rosa')
  await expect(banner).toBeVisible()
  // The balancer sends the reload to the older server once more: it is not offered again and again.
  await page.getByRole('button', { name: 'Reload' }).click()
  version = versions.newer
  await find('okafor', 'Okafor, Quinn')
  await expect(banner).toBeHidden()
  await page.evaluate(() => sessionStorage.setItem('homeroom.reloaded', String(Date.now() - 61_000)))
  await find('abara', 'Abara, Amara')
  await expect(banner).toBeVisible()
})

/** Every other time a file is asked for, the server is one of the other version, which lacks it. */
async function lackHalf(page: Page, files: string | RegExp): Promise<string[]> {
  const lacked: string[] = []
  await page.route(files, (route) => {
    const url = route.request().url()
    if (lacked.includes(url)) return route.fallback()
    lacked.push(url)
    return route.fulfill({ status: 404, body: 'There is nothing at this address' })
  })
  return lacked
}

test.describe('while a new version is being installed, and servers of both answer', () => {
  test.use({ expectedErrors: [/status of 40[04]|Not to be had|dynamically imported module/] })

  test('the page and its parts are asked for again until a server has them, and nothing reloads @full', async ({
    page,
    site,
  }) => {
    await signIn(page.context(), site.url, ann)
    let loads = 0
    page.on('load', () => loads++)
    const lacked = await lackHalf(page, /\/assets\/(?!mark|inter).*/)
    await page.goto(`${site.url}/northgate/students`)
    await expect(studentRow(page, 'Abara, Amara')).toBeVisible()
    expect(lacked.some((url) => /\/index-[^/]+\.js$/.test(url))).toBe(true)
    expect(lacked.some((url) => /\/index-[^/]+\.css$/.test(url))).toBe(true)
    expect(lacked.some((url) => url.includes('/students-page'))).toBe(true)
    await expect(page.getByText('Homeroom is being updated')).toBeHidden()
    const unstyled = () =>
      [...document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')].filter((one) => !one.sheet)
    expect(await page.evaluate(unstyled)).toEqual([])
    await page.getByRole('button', { name: 'Account of Ann Lee' }).click()
    await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible()
    expect(loads).toBe(1)
  })

  test('a page that is on no server yet says what is going on, and opens by itself @full', async ({ page, site }) => {
    await signIn(page.context(), site.url, ann)
    await page.route(/\/assets\/index-[^/]+\.js/, (route) => route.fulfill({ status: 404, body: '' }))
    await page.goto(`${site.url}/northgate/students`)
    await expect(page.getByRole('heading', { name: 'Homeroom is being updated' })).toBeVisible()
    await checkAccessInFull(page, 'the page that is being installed')
    await page.unrouteAll({ behavior: 'ignoreErrors' })
    await expect(studentRow(page, 'Abara, Amara')).toBeVisible()
    await expect(page.getByText('Homeroom is being updated')).toBeHidden()
  })

  test('what an older server does not know yet goes to the next one, and is done once @full', async ({
    page,
    site,
  }) => {
    await signIn(page.context(), site.url, ann)
    await page.goto(`${site.url}/northgate/rooms/new`)
    await page.getByLabel('Name').fill('Deployed hall')
    const keys: (string | undefined)[] = []
    await page.route('**/trpc/rooms.create', async (route) => {
      keys.push(route.request().headers()['idempotency-key'])
      if (keys.length > 2) return route.continue()
      const known = { code: 'invalid', reason: 'input.invalid', issues: [{ code: 'unrecognized_keys', path: '' }] }
      const [code, httpStatus, error] = keys.length > 1 ? ['BAD_REQUEST', 400, known] : ['NOT_FOUND', 404, undefined]
      await route.fulfill({
        status: Number(httpStatus),
        headers: { 'x-app-version': versions.older },
        json: {
          error: { message: 'not_found', code: -32004, data: { code, httpStatus, path: 'rooms.create', error } },
        },
      })
    })
    await page.getByRole('button', { name: 'Add room' }).click()
    await expect(page.getByRole('heading', { name: 'Deployed hall' })).toBeVisible()
    expect(keys).toHaveLength(3)
    expect(new Set(keys).size).toBe(1)
  })
})

test('a new student whose answer got lost on the way is added once', async ({ page, site }) => {
  await signIn(page.context(), site.url, ann)
  await page.goto(`${site.url}/northgate/students/new`)
  await page.getByLabel('Given name').fill('Ottilie')
  await page.getByLabel('Family name').fill('Lostanswer')
  const keys: (string | undefined)[] = []
  await page.route('**/trpc/students.create', async (route) => {
    keys.push(route.request().headers()['idempotency-key'])
    if (keys.length > 1) return route.continue()
    await route.fetch()
    await route.abort('connectionreset')
  })
  await page.getByRole('button', { name: 'Add student' }).click()
  await expect(page.getByRole('heading', { name: 'Ottilie Lostanswer' })).toBeVisible()
  expect(keys).toHaveLength(2)
  expect(keys[0]).toBe(keys[1])
  await page.goto(`${site.url}/northgate/students?q=lostanswer`)
  await expect(page.getByText('1 matching')).toBeVisible()
})

test('a page opened while the server is away says so and goes on by itself @full', async ({ page, site }) => {
  await signIn(page.context(), site.url, ann)
  await page.route('**/trpc/**', (route) => route.abort())
  await page.goto(`${site.url}/northgate/students`)
  await expect(page.getByText('Homeroom is not answering')).toBeVisible()
  await page.unroute('**/trpc/**')
  await expect(studentRow(page, 'Abara, Amara')).toBeVisible()
})

test('a server that is killed, or says nothing more, is not called connected for longer than its stream may be silent @full', async ({
  page,
}) => {
  const port = String(await freePort())
  const site = await startSite('small', { PORT: port })
  const wire = await startWire(Number(port))
  let restarted: Awaited<ReturnType<typeof startBuilt>> | undefined
  try {
    await signIn(page.context(), wire.url, ann)
    await page.clock.install()
    await page.goto(`${wire.url}/northgate/students`)
    await page.waitForResponse(/live\.changes/)
    await expect(page.getByText('Connected')).toBeVisible()

    wire.hold()
    await page.clock.fastForward(15_000)
    await expect(page.getByText('Reconnecting', { exact: true })).toBeVisible()
    wire.let()
    await expect(page.getByText('Connected')).toBeVisible()

    site.child.kill('SIGKILL')
    await site.ended
    // No timer of the page has run meanwhile.
    await expect(page.getByText('Reconnecting', { exact: true })).toBeVisible()
    await expect(page.getByText('Homeroom is not answering')).toBeVisible()
    restarted = await startBuilt({ DATABASE_URL: site.databaseUrl, PORT: port })
    await page.clock.fastForward(30_000)
    await expect(page.getByText('Connected')).toBeVisible()
  } finally {
    wire.close()
    await restarted?.stop()
    await site.done()
  }
})

test('while calls are answered and the stream is not, it is said that others’ changes don’t arrive @full', async ({
  page,
  site,
}) => {
  await signIn(page.context(), site.url, ann)
  await page.clock.install()
  await page.route(/live\.changes/, (route) => route.abort())
  await page.goto(`${site.url}/northgate/students`)
  await expect(studentRow(page, 'Abara, Amara')).toBeVisible()
  await page.clock.fastForward(15_000)
  await expect(page.getByText('What others change does not reach this page')).toBeVisible()
  await expect(page.getByText('Reconnecting', { exact: true })).toBeVisible()
  await checkAccessInFull(page, 'a page that is not followed')
  await page.unroute(/live\.changes/)
  await page.clock.fastForward(60_000)
  await expect(page.getByText('Connected')).toBeVisible()
})
