import { afterAll, beforeEach, expect, test } from 'vitest'
import { noSchool } from '../../../db/database.ts'
import { backups } from '../../../db/schema/index.ts'
import type { Created } from '../../../server/backups/create.ts'
import {
  backupTrouble,
  claimNight,
  endNight,
  nightOf,
  readBackups,
  releaseNight,
  tellBackup,
  tellRehearsal,
} from '../../../server/backups/runs.ts'
import { as, db, makePerson, makeSchool, now } from '../../setup/people.ts'

beforeEach(() => db.transaction(noSchool, async (tx) => void (await tx.delete(backups))))
afterAll(() => db.close())

const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000)
const made = (verifiedAt: string | null = now.toISOString()) =>
  ({
    name: '20261120T020000000Z',
    place: '/srv/backups/20261120T020000000Z',
    manifest: { verifiedAt, file: { bytes: 1000 }, took: { copy: 20, verify: 300 } },
  }) as Created
const claimed = async (at: Date) => {
  const id = await claimNight(db, at)
  if (!id) throw new Error('the night was taken')
  return id
}

test('of servers that look at once, one makes the backup of a night, and nobody makes another', async () => {
  const ids = await Promise.all([1, 2, 3].map(() => claimNight(db, now)))
  const [own, ...others] = ids.filter(Boolean)
  expect(others).toEqual([])
  expect(await claimNight(db, later(1))).toBeUndefined()
  await endNight(db, own as string, made(), later(1))
  expect(await claimNight(db, later(2))).toBeUndefined()
  expect(await claimNight(db, later(24))).toEqual(expect.any(String))
})

test('a night begins at two in the morning', () => {
  expect(nightOf(new Date(2026, 10, 30, 1, 59))).toBe('2026-11-29')
  expect(nightOf(new Date(2026, 10, 30, 2, 0))).toBe('2026-11-30')
  expect(nightOf(new Date(2026, 11, 1, 0, 30))).toBe('2026-11-30')
})

test('a failed backup is tried again after an hour, one that was broken off at once, one whose server is gone after six', async () => {
  await endNight(db, await claimed(now), { failure: 'database.broken' }, now)
  expect(await claimNight(db, later(0.9))).toBeUndefined()
  const second = await claimed(later(1.1))
  await releaseNight(db, second)
  await claimed(later(1.2))
  expect(await claimNight(db, later(7))).toBeUndefined()
  await claimed(later(7.3))
  expect(await backupTrouble(db, later(7.4))).toEqual({ what: 'failed', at: later(1.2).toISOString() })
  expect((await readBackups(db, later(7.4))).failure).toMatchObject({ reason: 'server.gone' })
})

test('a backup that a clock years ahead has dated hides neither a failure nor that there is no new one', async () => {
  await tellBackup(db, made(), later(-30), later(-30))
  const ahead = new Date(now.getTime() + 10 * 365 * 24 * 3_600_000)
  await tellBackup(db, made(), ahead, ahead)
  expect(await backupTrouble(db, now)).toEqual({ what: 'late', at: later(-30).toISOString() })
  await endNight(db, await claimed(now), { failure: 'disk.full' }, now)
  expect(await backupTrouble(db, now)).toEqual({ what: 'failed', at: now.toISOString() })
  expect(await readBackups(db, now)).toMatchObject({ last: { at: later(-30) }, failure: { reason: 'disk.full' } })
})

test('the newest verified backup is told, with a failure after it alone and the last rehearsal', async () => {
  expect(await readBackups(db, now)).toEqual({ last: null, failure: null, rehearsal: null })
  await endNight(db, await claimed(now), { failure: 'file.changed' }, now)
  expect(await readBackups(db, now)).toMatchObject({ last: null, failure: { reason: 'file.changed' } })
  await tellBackup(db, made(), later(1), later(1))
  await tellRehearsal(db, made().name, 4500, later(2))
  expect(await readBackups(db, later(2))).toMatchObject({
    last: { at: later(1), size: 1000, place: made().place, verifyMs: 300 },
    failure: null,
    rehearsal: { at: later(2), ms: 4500 },
  })
  await tellBackup(db, made(null), later(3), later(3))
  expect((await readBackups(db, later(3))).failure).toMatchObject({ reason: 'journal.broken' })
})

test('administrators are warned of a failed backup and of none for 26 hours, and others are told nothing', async () => {
  const school = await makeSchool('Warned')
  const [administrator, registrar] = [await makePerson(school, 'administrator'), await makePerson(school, 'registrar')]
  const home = async (person: typeof registrar, at: Date) => (await as(person, { now: at }).home.get()).backup
  expect(await home(administrator, now)).toBeNull()
  await tellBackup(db, made(), now, now)
  expect(await home(administrator, later(25))).toBeNull()
  expect(await home(administrator, later(27))).toEqual({ what: 'late', at: now.toISOString() })
  expect(await home(registrar, later(27))).toBeNull()
  await endNight(db, await claimed(later(1)), { failure: 'SIGKILL' }, later(1))
  expect(await home(administrator, later(2))).toEqual({ what: 'failed', at: later(1).toISOString() })
  expect(await backupTrouble(db, later(2))).toEqual({ what: 'failed', at: later(1).toISOString() })
  expect((await as(administrator, { now: later(2) }).system.get()).backup).toMatchObject({
    last: { at: now.toISOString() },
    failure: { reason: 'SIGKILL' },
  })
})
