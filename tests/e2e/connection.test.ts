import { freePort } from '../setup/postgres.ts'
import { ann } from './people.ts'
import { expect, signIn, startBuilt, startSite, studentRow, test } from './test.ts'

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
    await expect(page.getByRole('heading', { name: 'Quinn Okafor' })).toBeVisible({ timeout: 15_000 })
    await expect(page.getByText('Homeroom is not answering')).toBeHidden()
    await expect(page.getByText('Connected')).toBeVisible()
  } finally {
    await restarted?.stop()
    await site.done()
  }
})

test('while nothing answers, the heading claims no count for filters nobody has counted', async ({ page, site }) => {
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

test('a newer version of the server offers a reload and does not force it', async ({ page, site }) => {
  await signIn(page.context(), site.url, ann)
  await page.goto(`${site.url}/northgate/students`)
  await expect(studentRow(page, 'Abara, Amara')).toBeVisible()
  await page.route('**/trpc/**', async (route) => {
    const answer = await route.fetch()
    await route.fulfill({ response: answer, headers: { ...answer.headers(), 'x-app-version': 'next' } })
  })
  await page.getByLabel('Search students').fill('okafor')
  await expect(page.getByText('A new version of Homeroom is here')).toBeVisible()
  await expect(studentRow(page, 'Okafor, Quinn')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Reload' })).toBeVisible()
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

test('a page opened while the server is away says so and goes on by itself', async ({ page, site }) => {
  await signIn(page.context(), site.url, ann)
  await page.route('**/trpc/**', (route) => route.abort())
  await page.goto(`${site.url}/northgate/students`)
  await expect(page.getByText('Homeroom is not answering')).toBeVisible()
  await page.unroute('**/trpc/**')
  await expect(studentRow(page, 'Abara, Amara')).toBeVisible()
})
