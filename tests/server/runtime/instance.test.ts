/** What a process says of itself in the database, and what the others learn from it. */
import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { noSchool } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { open } from '../../../db/open.ts'
import { instances, procedureMinutes } from '../../../db/schema/index.ts'
import { instanceId } from '../../../server/calls/instance-id.ts'
import { minuteOf } from '../../../server/calls/minutes.ts'
import { keepInstance } from '../../../server/runtime/instance.ts'
import { createLog } from '../../../server/runtime/logging.ts'
import { schemaRange } from '../../../server/runtime/schema-range.ts'
import { outsider } from '../../db/outsider.ts'
import { db } from '../../setup/people.ts'
import { api } from '../../setup/school.ts'
import { call, startServer } from '../../setup/server.ts'

beforeEach(() => db.transaction(noSchool, async (tx) => void (await tx.delete(instances))))

const lines: string[] = []
const log = createLog({ logLevel: 'debug' }, { write: (line) => void lines.push(line) })
const clock = { now: new Date('2026-11-20T09:00:10Z'), isDraining: false }
const takenBack: string[] = []
const options = {
  log,
  isDraining: () => clock.isDraining,
  takenBack: (step: string) => void takenBack.push(step),
  now: () => clock.now,
}

const own = async () => (await db.select().from(instances).where(eq(instances.id, instanceId)))[0]
const minutes = () =>
  db
    .select()
    .from(procedureMinutes)
    .where(eq(procedureMinutes.instanceId, instanceId))
    .orderBy(procedureMinutes.minuteAt, procedureMinutes.procedure)

test('a process says that it serves, in which version, that it is about to stop, and takes itself off the list', async () => {
  const leave = keepInstance(db, options)
  await expect.poll(own).toMatchObject({ pid: process.pid, isDraining: false, startedAt: clock.now, seenAt: clock.now })
  const { min, max } = schemaRange()
  expect(await own()).toMatchObject({ schemaMin: min, schemaMax: max })
  clock.isDraining = true
  await expect.poll(async () => (await own())?.isDraining).toBe(true)
  await leave()
  clock.isDraining = false
  expect(await own()).toBe(undefined)
})

test('each minute is written once when it is over, and what is under way when the process leaves', async () => {
  clock.now = new Date('2026-11-20T10:00:50Z')
  const [first, second] = [minuteOf(clock.now), new Date('2026-11-20T10:01:00Z')]
  const [stale, kept] = [new Date('2026-11-19T10:01:00Z'), new Date('2026-11-19T10:02:00Z')]
  await db.transaction(noSchool, async (tx) => {
    for (const seenAt of [stale, kept])
      await tx.insert(instances).values({
        ...{ id: newId(), host: 'other', pid: 1, version: '1', schemaMin: 1, schemaMax: 2 },
        ...{ startedAt: stale, seenAt, isDraining: false },
      })
  })
  const leave = keepInstance(db, options)
  await expect.poll(own).toBeTruthy()
  await api().rooms.create({ name: 'Room 12' })
  await api()
    .rooms.create({ name: 'Room 12' })
    .catch(() => undefined)
  await api()
    .rooms.create({ name: '' })
    .catch(() => undefined)
  clock.now = new Date('2026-11-20T10:01:01Z')
  await expect
    .poll(minutes)
    .toMatchObject([{ minuteAt: first, procedure: 'rooms.create', calls: 3, refused: 2, failed: 0 }])
  expect((await minutes())[0]?.microseconds).toBeGreaterThan(0)
  const others = await db.select().from(instances).where(eq(instances.host, 'other'))
  expect(others.map(({ seenAt }) => seenAt)).toEqual([kept])
  await api().rooms.list({})
  await leave()
  expect(await minutes()).toMatchObject([
    { minuteAt: first, procedure: 'rooms.create', calls: 3 },
    { minuteAt: second, procedure: 'rooms.list', calls: 1, refused: 0 },
  ])
})

test('a process whose newest step was taken back while it started says so, and is not on the list', async () => {
  const { newest } = schemaRange()
  const owner = outsider()
  const rename = async (from: string, to: string) => {
    for (const table of ['migrations', 'compatible_migrations'])
      await owner.rows(`update ${table} set name = '${to}' where name = '${from}'`)
  }
  await rename(newest, 'gone')
  const leave = keepInstance(db, options)
  await expect.poll(() => takenBack).toEqual([newest])
  expect(await own()).toBe(undefined)
  await leave()
  await rename('gone', newest)
  await owner.close()
})

test('a database that is away is said once in the log, and ends nobody', async () => {
  const away = await open()
  await away.close()
  lines.length = 0
  const leave = keepInstance(away, options)
  await expect.poll(() => lines.length).toBe(1)
  clock.now = new Date('2026-11-20T11:00:00Z')
  await leave()
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ level: 'warn', event: 'instance.untold' }])
})

test('each worker of a server is on the list while it runs, by the name it has in the log', async () => {
  const server = await startServer({ WORKERS: '2' })
  const listed = () => db.select().from(instances)
  await expect.poll(async () => (await listed()).length).toBe(2)
  // Every connection goes to the worker whose turn it is, which logs the request.
  const asked = async () => {
    await call(server.url, 'session.get', { headers: { connection: 'close' } })
    return server.output()
  }
  for (const { id, pid } of await listed())
    await expect.poll(asked).toMatch(new RegExp(`"pid":${pid},"instance":"${id}"`))
  expect(await server.stop()).toBe(0)
  expect(await listed()).toEqual([])
})
