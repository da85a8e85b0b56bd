import { homeroom } from '../setup/server.ts'
import { ann } from './people.ts'
import { settled, watchRequests } from './settled.ts'
import { expect, ownSite, signIn, test } from './test.ts'

const site = ownSite()
const set = async (...args: string[]) =>
  expect((await homeroom(['flags', 'set', ...args], { env: { DATABASE_URL: site.databaseUrl } })).code).toBe(0)

test('a page that is turned off is gone from open windows without a reload, and comes back', async ({
  page,
  otherPage,
}) => {
  for (const one of [page, otherPage]) {
    watchRequests(one)
    await signIn(one.context(), site.url, ann)
  }
  await page.goto(`${site.url}/northgate/system`)
  await otherPage.goto(`${site.url}/northgate/system/move`)
  await settled(otherPage)
  const link = page.getByRole('link', { name: 'Move to PostgreSQL' })
  await expect(link).toBeVisible()
  await expect(otherPage.getByText('No database is named yet')).toBeVisible()
  await set('move-page', '--off')
  await expect(otherPage.getByText('A move is not offered here')).toBeVisible()
  await expect(link).toHaveCount(0)
  await set('move-page', '--percent', '100', '--from', '')
  await expect(link).toBeVisible()
  await expect(otherPage.getByText('No database is named yet')).toBeVisible()
})
