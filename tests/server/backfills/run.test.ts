/** A new column is filled for older rows, while people write. */
import { asc, eq, isNull, sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { noSchool } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { backfills, instances, journal, rooms } from '../../../db/schema/index.ts'
import { columnFill } from '../../../server/backfills/backfill.ts'
import { isDue, readBackfill } from '../../../server/backfills/progress.ts'
import { addRows } from '../../../server/records/write.ts'
import { roomKind } from '../../../server/rooms/kind.ts'
import { stepNumber } from '../../../server/runtime/schema-range.ts'
import { runOnce } from '../../setup/backfilled.ts'
import { db, makeSchool, writeInSchool } from '../../setup/people.ts'
import { api, school } from '../../setup/school.ts'
import { seatsBackfill } from '../../setup/seats-backfill.ts'

const count = 450
let made = 0
const addRooms = (schoolId: number) =>
  writeInSchool(schoolId, (tx) =>
    addRows(
      tx,
      roomKind,
      schoolId,
      Array.from({ length: count }, () => ({ name: `Room ${++made}` })),
    ),
  )
const other = await makeSchool()

beforeEach(async () => {
  await db.transaction(noSchool, async (tx) => {
    await tx.delete(rooms)
    await tx.delete(backfills)
    await tx.delete(instances)
  })
  await addRooms(school.id)
  await addRooms(other.id)
})
afterEach(() => db.transaction(noSchool, (tx) => tx.delete(instances)))
afterAll(() => db.close())

const stored = () =>
  db
    .select({ name: rooms.name, seats: rooms.seats, version: rooms.version })
    .from(rooms)
    .orderBy(asc(rooms.schoolId), asc(rooms.id))
const empty = async () => (await stored()).filter(({ seats }) => seats === null).length
const entries = async () => (await db.select({ n: sql<number>`count(*)`.mapWith(Number) }).from(journal))[0]?.n

async function addOlderServer() {
  const about = { host: 'north', pid: 7, version: '0.0.9', startedAt: new Date(), isDraining: false }
  const [schemaMax, seenAt] = [stepNumber(seatsBackfill.since) - 1, new Date(Date.now() + 3_600_000)]
  await db.transaction(noSchool, (tx) =>
    tx.insert(instances).values({ id: newId(), ...about, schemaMin: schemaMax, schemaMax, seenAt }),
  )
}

test('each older row of each school is filled, without a version or an entry, and only once', async () => {
  const [before, told] = [await stored(), await entries()]
  const { row, filled } = await runOnce(seatsBackfill)
  expect(row).toMatchObject({ state: 'done', rowsDone: 2 * count, rowsLeft: 0, owner: null, failure: null })
  expect(filled).toBe(2 * count)
  expect(await stored()).toEqual(before.map((room) => ({ ...room, seats: room.name.length })))
  expect(await entries()).toBe(told)
  expect((await runOnce(seatsBackfill)).filled).toBe(0)
})

test('what people write meanwhile stays, and a row that they add without the column is filled too', async () => {
  const [first] = await db.select({ id: rooms.id }).from(rooms).where(eq(rooms.schoolId, school.id)).limit(1)
  let pauses = 0
  await runOnce(seatsBackfill, {
    async pause() {
      if (++pauses > 3) return
      await api().rooms.create({ name: `Meanwhile ${pauses}` })
      await api().rooms.create({ name: `Chosen ${pauses}`, seats: 7 })
      if (pauses === 1) await api().rooms.update({ id: first?.id ?? '', version: 1, name: 'Renamed' })
    },
  })
  expect(pauses).toBeGreaterThan(3)
  expect(await empty()).toBe(0)
  const named = await db.select().from(rooms).where(eq(rooms.schoolId, school.id))
  const seatsOf = (start: string) => named.filter(({ name }) => name.startsWith(start)).map(({ seats }) => seats)
  expect(seatsOf('Chosen')).toEqual([7, 7, 7])
  expect(seatsOf('Meanwhile')).toEqual([11, 11, 11].map(() => expect.any(Number)))
  expect(named.find(({ name }) => name === 'Renamed')).toMatchObject({ version: 2, seats: expect.any(Number) })
})

test('an expression fills as a function does', async () => {
  const byName = columnFill({
    name: 'by_name',
    since: seatsBackfill.since,
    table: rooms,
    columns: ['seats'],
    isLeft: isNull(rooms.seats),
    values: { seats: sql`length(${rooms.name})` },
  })
  expect((await runOnce(byName)).filled).toBe(2 * count)
  expect((await stored()).filter(({ name, seats }) => seats !== name.length)).toEqual([])
})

test('stopped, it says how far it came, and another process goes on after that row', async () => {
  let batches = 0
  const { row, filled } = await runOnce(seatsBackfill, {
    isStopping: () => batches >= 2,
    tell(point) {
      if (point === 'committed') batches++
    },
  })
  expect(row).toMatchObject({ state: 'filling', owner: null, takenUntil: null, atSchool: expect.any(Number) })
  expect(filled).toBe(2 * count - (await empty()))
  expect(row?.rowsLeft).toBe(await empty())
  const looked: number[] = []
  const next = await runOnce({
    ...seatsBackfill,
    left: (...given) => {
      looked.push(1)
      return seatsBackfill.left(...given)
    },
  })
  expect(next.row).toMatchObject({ state: 'done', rowsDone: 2 * count })
  // It is counted only at the end: whoever goes on knows where.
  expect(looked).toHaveLength(2)
})

test('of two processes one fills', async () => {
  const batches = [0, 0]
  const counting = (own: 0 | 1) => (point: string) => {
    if (point === 'committed') batches[own] = (batches[own] ?? 0) + 1
  }
  await Promise.all([runOnce(seatsBackfill, { tell: counting(0) }), runOnce(seatsBackfill, { tell: counting(1) })])
  expect(batches.filter(Boolean)).toHaveLength(1)
  expect(await empty()).toBe(0)
  const [row] = await db.select().from(backfills)
  expect(row?.rowsDone).toBe(2 * count)
})

test('a process that was held up so long that another took over writes nothing more', async () => {
  let takenOver = false
  const { filled } = await runOnce(seatsBackfill, {
    async pause() {
      if (takenOver) return
      takenOver = true
      await db.transaction(noSchool, (tx) => tx.update(backfills).set({ owner: newId() }))
    },
  })
  expect(filled).toBe(100)
  expect(await empty()).toBe(2 * count - 100)
})

test('while a server of the release before serves it is not done: what that one writes is filled when it has gone', async () => {
  await addOlderServer()
  expect((await runOnce(seatsBackfill)).row).toMatchObject({ state: 'waiting', rowsLeft: 0, rowsDone: 2 * count })
  await api().rooms.create({ name: 'Without seats' })
  const looks: string[] = []
  const watched = { ...seatsBackfill, left: async () => looks.push('counted') }
  await db.transaction(noSchool, (tx) => tx.update(backfills).set({ takenUntil: null }))
  expect((await runOnce(watched)).row?.state).toBe('waiting')
  expect(looks).toEqual([])
  await db.transaction(noSchool, async (tx) => {
    await tx.delete(instances)
    await tx.update(backfills).set({ takenUntil: null })
  })
  expect((await runOnce(seatsBackfill)).row).toMatchObject({ state: 'done', rowsDone: 2 * count + 1 })
  expect(await empty()).toBe(0)
})

test('what is left and can not be filled fails it, and it is tried again later', async () => {
  const idle = { ...seatsBackfill, fill: async () => ({ filled: 0, after: null }) }
  const { row } = await runOnce(idle)
  expect(row).toMatchObject({
    state: 'failed',
    failure: 'rows.left',
    rowsLeft: 2 * count,
    takenUntil: expect.any(Date),
  })
  expect((await runOnce(seatsBackfill)).filled).toBe(0)
})

test('a clock that ran ahead keeps nobody from filling', async () => {
  const ahead = new Date(Date.now() + 86_400_000)
  const since = new Date()
  await runOnce(seatsBackfill)
  await addRooms(school.id)
  const turnClock = (change: object) => db.transaction(noSchool, (tx) => tx.update(backfills).set(change))
  await turnClock({ checkedAt: ahead })
  expect(isDue(await readBackfill(db, seatsBackfill.name), since, new Date())).toBe(true)
  expect((await runOnce(seatsBackfill)).filled).toBe(count)
  await addRooms(school.id)
  await turnClock({ takenUntil: ahead, owner: newId() })
  expect(isDue(await readBackfill(db, seatsBackfill.name), ahead, new Date())).toBe(true)
  expect((await runOnce(seatsBackfill)).filled).toBe(count)
})

test('a failed batch leaves nothing of itself, keeps no other school waiting, and is tried again', async () => {
  let batches = 0
  const failing = {
    ...seatsBackfill,
    async fill(...given: Parameters<typeof seatsBackfill.fill>) {
      const batch = await seatsBackfill.fill(...given)
      if (++batches === 2) throw new Error('broken')
      return batch
    },
  }
  await expect(runOnce(failing)).rejects.toThrow('broken')
  const [row] = await db.select().from(backfills)
  expect(row).toMatchObject({
    state: 'failed',
    failure: 'internal',
    rowsDone: 100 + count,
    owner: null,
    atRow: expect.any(String),
  })
  expect(await empty()).toBe(count - 100)
  await db.transaction(noSchool, (tx) => tx.update(backfills).set({ takenUntil: null }))
  expect((await runOnce(seatsBackfill)).row).toMatchObject({ state: 'done', rowsDone: 2 * count, failure: null })
})
