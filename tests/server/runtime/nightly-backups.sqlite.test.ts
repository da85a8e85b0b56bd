import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { noSchool } from '../../../db/database.ts'
import { backups as backupRuns } from '../../../db/schema/index.ts'
import type { Created } from '../../../server/backups/create.ts'
import { listBackups } from '../../../server/backups/folder.ts'
import { readBackups, tellBackup } from '../../../server/backups/runs.ts'
import { listChains } from '../../../server/backups/stream/chain.ts'
import { readStream } from '../../../server/backups/stream/told.ts'
import { createLog } from '../../../server/runtime/logging.ts'
import { keepBackups } from '../../../server/runtime/nightly-backups.ts'
import { as, db, makePerson, makeSchool } from '../../setup/people.ts'
import { homeroom, startServer, temporaryFolder } from '../../setup/server.ts'

const folder = temporaryFolder()
const backups = join(folder.path, 'backups')
afterAll(async () => {
  await db.close()
  folder.done()
})

afterEach(() => db.transaction(noSchool, async (tx) => void (await tx.delete(backupRuns))))

async function failureIn(at: string) {
  const lines: string[] = []
  const log = createLog({ logLevel: 'info' }, { write: (line) => void lines.push(line) })
  await keepBackups(db, { log, folder: at, isDraining: () => false })()
  expect(lines.join('')).toContain('backup.failed')
  return (await readBackups(db, new Date())).failure?.reason
}

test('a folder in which nothing can be made is a failed backup, told to the administrators at once', async () => {
  const file = join(folder.path, 'a-file')
  writeFileSync(file, '')
  expect(await failureIn(join(file, 'backups'))).toBe('folder.missing')
})

test('a folder that has lost all its backups may be one whose disk is not mounted', async () => {
  const away = join(folder.path, 'away')
  const at = new Date(Date.now() - 24 * 3_600_000)
  const manifest = { verifiedAt: at.toISOString(), file: { bytes: 1 }, took: { copy: 1, verify: 1 } }
  const made = { name: '20261120T020000000Z', place: join(away, '20261120T020000000Z'), manifest } as Created
  await tellBackup(db, made, at, at)
  expect(await failureIn(away)).toBe('folder.empty')
})

test('a server makes a verified backup by itself, tells of it, and one that is rehearsed works', async () => {
  const registrar = await makePerson(await makeSchool('Nightly'), 'registrar')
  const server = await startServer({
    BACKUP_FOLDER: backups,
    BACKUP_STREAM_SECONDS: '1',
    WORKERS: '2',
    METRICS_PORT: '0',
  })
  try {
    await server.untilSaid('backup.verified')
    expect(listBackups(backups)).toMatchObject([{ manifest: { problem: null } }])
    expect(await readBackups(db, new Date())).toMatchObject({
      last: { place: expect.stringContaining(backups) },
      failure: null,
    })
    const [, metrics = ''] = /"metrics":"(http[^"]+)"/.exec(server.output()) ?? []
    const told = await (await fetch(`${metrics}/metrics`)).text()
    expect(told).toMatch(/^homeroom_backup_last_success_timestamp_seconds 1[\d.e+]+$/m)
    expect(told).toMatch(/^homeroom_backup_failed 0$/m)
    await expect.poll(async () => (await readStream(db))?.storedAt).toBeInstanceOf(Date)
    expect(await (await fetch(`${metrics}/metrics`)).text()).toMatch(/^homeroom_backup_stream_failed 0$/m)
    await as(registrar).students.create({ givenName: 'Ada', familyName: 'Saved' })
    const saved = new Date()
    await expect.poll(async () => ((await readStream(db))?.storedAt ?? saved) > saved).toBe(true)
  } finally {
    expect(await server.stop()).toBe(0)
  }
  expect(server.output().split('backup.verified')).toHaveLength(2)
  expect(listChains(backups)).toHaveLength(1)
  const moment = await homeroom(['backup', 'verify', '--at', new Date().toISOString(), '--folder', backups])
  expect(moment.output).toContain('Verified: stream/')
  const rehearsed = await homeroom(['backup', 'rehearse', '--folder', backups])
  expect(rehearsed.output).toContain('sign in')
  expect(rehearsed.code).toBe(0)
  expect((await readBackups(db, new Date())).rehearsal).toMatchObject({ ms: expect.any(Number) })
})
