/** What an administrator reads of the installation. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { noSchool } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { instances, procedureMinutes } from '../../../db/schema/index.ts'
import type { MinuteRow } from '../../../server/calls/minutes.ts'
import { countColumns } from '../../../server/calls/minutes.ts'
import { schemaRange } from '../../../server/runtime/schema-range.ts'
import type { Person } from '../../../server/trpc.ts'
import { as, db, makePerson, makeSchool, now } from '../../setup/people.ts'

let administrator: Person
beforeAll(async () => {
  administrator = await makePerson(await makeSchool(), 'administrator')
})
beforeEach(() =>
  db.transaction(noSchool, async (tx) => {
    await tx.delete(procedureMinutes)
    await tx.delete(instances)
  }),
)
afterAll(() => db.close())

const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000)
const read = () => as(administrator).system.get()

async function addMinutes(rows: Partial<MinuteRow>[]) {
  const none = Object.fromEntries(countColumns.map((column) => [column, 0]))
  const given = { procedure: 'students.list', refused: 0, failed: 0, microseconds: 0 }
  const whole = rows.map((row) => ({ instanceId: newId(), ...none, ...given, calls: 1, ...row }))
  await db.transaction(noSchool, (tx) => tx.insert(procedureMinutes).values(whole as MinuteRow[]))
}
async function addInstance(seenAt: Date, more: Partial<typeof instances.$inferInsert> = {}) {
  const about = { host: 'north', pid: 1, version: '1', schemaMin: 5, schemaMax: 6, startedAt: ago(7200) }
  await db.transaction(noSchool, (tx) =>
    tx.insert(instances).values({ id: newId(), ...about, isDraining: false, seenAt, ...more }),
  )
}

test('before the first minute is over there is an hour without a call', async () => {
  const { procedures, minutes, instances: processes } = await read()
  expect({ procedures, processes }).toEqual({ procedures: [], processes: [] })
  expect(minutes).toHaveLength(60)
  expect(minutes.every(({ calls, failed, p95 }) => !calls && !failed && p95 === null)).toBe(true)
  expect(minutes.at(-1)?.at).toBe(new Date(now.getTime() - 120_000).toISOString())
})

test('the last hour is added up over all processes, and what is older is not', async () => {
  const at = ago(600)
  await addMinutes([
    { minuteAt: at, calls: 10, within2: 10 },
    { minuteAt: at, calls: 10, refused: 2, failed: 1, within2: 8, within500: 2 },
    { minuteAt: ago(1200), calls: 1, longer: 1, procedure: 'home.get', failed: 1 },
    { minuteAt: ago(3720), calls: 100, within1: 100 },
    // Half written: some processes have said what this minute was like, others not yet.
    { minuteAt: now, calls: 50, within1: 50 },
  ])
  const { procedures, minutes } = await read()
  expect(procedures).toEqual([
    { procedure: 'home.get', calls: 1, refused: 0, failed: 1, p50: 5000, p95: 5000 },
    { procedure: 'students.list', calls: 20, refused: 2, failed: 1, p50: 1.6, p95: 350 },
  ])
  expect(minutes.filter(({ calls }) => calls)).toEqual([
    { at: ago(1200).toISOString(), calls: 1, failed: 1, p95: 5000 },
    { at: at.toISOString(), calls: 20, failed: 1, p95: 350 },
  ])
})

test('a process that was not heard of for a minute is gone, and told after those that serve', async () => {
  await addInstance(ago(300), { host: 'gone' })
  await addInstance(ago(5), { host: 'new', startedAt: ago(20), version: '2' })
  await addInstance(ago(3), { host: 'old', isDraining: true })
  const { instances: processes } = await read()
  expect(processes.map(({ host, state, version }) => [host, state, version])).toEqual([
    ['old', 'draining', '1'],
    ['new', 'serving', '2'],
    ['gone', 'gone', '1'],
  ])
})

test('the database is told with its size and the steps that made it', async () => {
  const { database } = await read()
  expect(database.name).toMatch(/^(SQLite 3\.\d+\.\d+|PostgreSQL \d+)/)
  expect(database.size).toBeGreaterThan(100_000)
  const { max, newest } = schemaRange()
  expect(database.migrations).toHaveLength(max)
  expect(database.migrations.at(-1)).toEqual({ name: newest, at: expect.stringMatching(/^20\d\d-\d\d-\d\dT/) })
  expect(database.newestEntry).toBeGreaterThan(0)
  if (database.name.startsWith('SQLite')) expect(database.walSize).toBeGreaterThan(0)
  else expect(database.walSize).toBe(null)
})

test('a register on PostgreSQL is told no more of when to move there', async () => {
  const { database, signs } = await read()
  expect(signs === null).toBe(database.name.startsWith('PostgreSQL'))
})
