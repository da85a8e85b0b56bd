import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { listBackups } from '../../../server/backups/folder.ts'
import { readBackups } from '../../../server/backups/runs.ts'
import { db, makePerson, makeSchool } from '../../setup/people.ts'
import { homeroom, startServer, temporaryFolder } from '../../setup/server.ts'

const folder = temporaryFolder()
const backups = join(folder.path, 'backups')
afterAll(async () => {
  await db.close()
  folder.done()
})

test('a server makes a verified backup by itself, tells of it, and one that is rehearsed works', async () => {
  await makePerson(await makeSchool('Nightly'), 'registrar')
  const server = await startServer({ BACKUP_FOLDER: backups, WORKERS: '2', METRICS_PORT: '0' })
  try {
    await server.untilSaid('backup.verified')
    expect(listBackups(backups)).toMatchObject([{ manifest: { problem: null } }])
    expect(await readBackups(db)).toMatchObject({ last: { place: expect.stringContaining(backups) }, failure: null })
    const [, metrics = ''] = /"metrics":"(http[^"]+)"/.exec(server.output()) ?? []
    const told = await (await fetch(`${metrics}/metrics`)).text()
    expect(told).toMatch(/^homeroom_backup_last_success_timestamp_seconds 1[\d.e+]+$/m)
    expect(told).toMatch(/^homeroom_backup_failed 0$/m)
  } finally {
    expect(await server.stop()).toBe(0)
  }
  expect(server.output().split('backup.verified')).toHaveLength(2)
  const rehearsed = await homeroom(['backup', 'rehearse', '--folder', backups])
  expect(rehearsed.output).toContain('sign in')
  expect(rehearsed.code).toBe(0)
  expect((await readBackups(db)).rehearsal).toMatchObject({ ms: expect.any(Number) })
})
