import { Sqlite } from '../../db/sqlite-driver.ts'
import { run, temporaryFolder } from '../setup/server.ts'
import { checkAccessInFull } from './check-access.ts'
import { ann, ben } from './people.ts'
import type { Site } from './test.ts'
import { expect, signIn, startSite, test } from './test.ts'

const folder = temporaryFolder()
let site: Site
test.beforeAll(async () => {
  site = await startSite('small')
})
test.afterAll(async () => {
  await site.done()
  folder.done()
})

/** As if nobody had made one since. */
function madeHoursAgo(hours: number): void {
  const client = new Sqlite(site.databaseUrl.slice('file:'.length))
  client.prepare('update backups set started_at = started_at - ?').run(hours * 3_600_000)
  client.close()
}

function failedAtLast(): void {
  const client = new Sqlite(site.databaseUrl.slice('file:'.length))
  const id = '00000000-0000-0000-0000-000000000001'
  const insert = 'insert into backups (id, state, started_at, ended_at, host, failure) values (?, ?, ?, ?, ?, ?)'
  client.prepare(insert).run(id, 'failed', Date.now(), Date.now(), 'register-host', 'folder.denied')
  client.close()
}

/** As a stream that could store nothing for so long. */
function unstoredFor(minutes: number): void {
  const client = new Sqlite(site.databaseUrl.slice('file:'.length))
  const insert =
    'insert into backup_streams (number, host, place, stored_at, failed_at, failure) values (1, ?, ?, ?, ?, ?)'
  const at = Date.now() - minutes * 60_000
  client.prepare(insert).run('register-host', '/srv/backups/stream', at, at, 'disk.full')
  client.close()
}

test('administrators see the newest verified backup, and are warned when there is no new one', async ({ page }) => {
  await signIn(page.context(), site.url, ann)
  await page.goto(`${site.url}/northgate/system`)
  await expect(page.getByText('No backup was made yet')).toBeVisible()
  const made = run(['backup', 'create', '--folder', folder.path], { DATABASE_URL: site.databaseUrl })
  expect(await made.ended, made.output()).toBe(0)
  await page.reload()
  await expect(page.getByText('Last verified')).toBeVisible()
  await expect(page.getByText(`${folder.path}/`)).toBeVisible()
  await checkAccessInFull(page, 'system with a backup')
  await page.goto(`${site.url}/northgate/home`)
  const attention = page.getByRole('list', { name: 'Needs attention' })
  await expect(attention).toBeVisible()
  await expect(page.getByText('There is no new backup')).toHaveCount(0)
  madeHoursAgo(27)
  await page.reload()
  await checkAccessInFull(page, 'home without a new backup')
  await attention.getByRole('link', { name: 'There is no new backup' }).click()
  await expect(page.getByText('27 hours ago')).toBeVisible()
  failedAtLast()
  await page.setViewportSize({ width: 390, height: 900 })
  await page.reload()
  const reason = page.getByText('the server may not write in its folder')
  await expect(reason).toBeVisible()
  expect(await reason.evaluate((node) => node.getBoundingClientRect().right)).toBeLessThanOrEqual(390)
  unstoredFor(7)
  await page.reload()
  await expect(page.getByText('a disk is full')).toBeVisible()
  await expect(page.getByText('7 minutes ago')).toBeVisible()
  await checkAccessInFull(page, 'system where changes are not stored')
  await page.goto(`${site.url}/northgate/home`)
  await expect(attention.getByRole('link', { name: 'What is saved is not stored beside the backups' })).toBeVisible()
  await signIn(page.context(), site.url, ben)
  await page.goto(`${site.url}/northgate/home`)
  await expect(attention).toBeVisible()
  await expect(page.getByText('There is no new backup')).toHaveCount(0)
  await expect(page.getByText('What is saved is not stored')).toHaveCount(0)
})
