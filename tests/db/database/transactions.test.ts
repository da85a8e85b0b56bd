import { AsyncResource } from 'node:async_hooks'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { open } from '../../../db/open.ts'
import { rooms } from '../../../db/schema/index.ts'
import { patiently } from '../../setup/patiently.ts'
import { outsider } from '../outsider.ts'
import { addRoom, addSchools, oneRoom, roomCount, seatsOf } from '../sample-schools.ts'

const db = await open()
const several = [11, 12, 13, 14, 15]
beforeAll(() => addSchools(db, [1, 2, 3, ...several]))
afterAll(() => db.close())

/** Counts the rooms of each school on a connection of its own. */
function watch() {
  const seen = new Map<number, Set<number>>()
  const own = outsider()
  const look = async () => {
    const counts = await own.rows<{ school: number; n: number }>(
      'select school_id as school, count(*) as n from rooms group by 1',
    )
    for (const { school, n } of counts) seen.set(school, (seen.get(school) ?? new Set()).add(Number(n)))
  }
  return { seen, look, end: () => own.close() }
}

/** 200 at once, each writing two rooms and looked at in between; every third is called off. */
async function twoHundred(schoolOf: (n: number) => number) {
  const { seen, look, end } = watch()
  const one = (n: number) =>
    db.transaction(schoolOf(n), async (tx) => {
      await addRoom(tx, schoolOf(n))
      await look()
      await addRoom(tx, schoolOf(n))
      if (n % 3 === 0) throw new Error('called off')
    })
  const results = await Promise.allSettled(Array.from({ length: 200 }, (_, n) => patiently(() => one(n))))
  await end()
  const refused = results.filter((r) => r.status === 'rejected').map((r) => (r.reason as Error).message)
  return { refused, seen }
}

test('200 people writing into one school at once: what is called off leaves nothing, and nobody sees half of anything', async () => {
  const { refused, seen } = await twoHundred(() => 1)
  expect(refused).toEqual(Array.from({ length: 67 }, () => 'called off'))
  expect(await roomCount(db, 1)).toBe(133 * 2)
  const states = [...(seen.get(1) ?? [])]
  expect(states.filter((n) => n % 2)).toEqual([])
  expect(states.length).toBeGreaterThan(20)
})

test('200 people writing into five schools at once: every school has what was saved into it', async () => {
  const schoolOf = (n: number) => several[n % 5] ?? 0
  const { refused, seen } = await twoHundred(schoolOf)
  expect(refused.length).toBe(67)
  const saved = Array.from({ length: 200 }, (_, n) => n).filter((n) => n % 3)
  const counts = await Promise.all(several.map((id) => roomCount(db, id)))
  expect(counts).toEqual(several.map((id) => 2 * saved.filter((n) => schoolOf(n) === id).length))
  const states = several.flatMap((id) => [...(seen.get(id) ?? [])])
  expect(states.filter((n) => n % 2)).toEqual([])
  expect(states.length).toBeGreaterThan(20)
})

test('60 people adding one seat to the same room lose none of them', async () => {
  const id = await db.transaction(2, (tx) => addRoom(tx, 2, { seats: 0 }))
  const addSeat = () =>
    db.transaction(2, async (tx) => {
      const seats = await seatsOf(tx, 2, id)
      await sleep(1)
      await tx
        .update(rooms)
        .set({ seats: seats + 1 })
        .where(oneRoom(2, id))
    })
  await Promise.all(Array.from({ length: 60 }, () => patiently(addSeat)))
  expect(await seatsOf(db, 2, id)).toBe(60)
})

test('what opens a transaction sees what the writers before it left, in whichever process they are', async () => {
  const other = await open()
  const id = await db.transaction(2, (tx) => addRoom(tx, 2, { seats: 0 }))
  const found = sql`select seats from ${rooms} where ${oneRoom(2, id)}`
  const addSeat = (own: typeof db) =>
    own.transaction<void, { seats: number }>(
      2,
      async (tx, [room]) => {
        const seats = (room?.seats ?? 0) + 1
        await tx.update(rooms).set({ seats }).where(oneRoom(2, id))
      },
      found,
    )
  await Promise.all(Array.from({ length: 60 }, (_, n) => patiently(() => addSeat(n % 2 ? db : other))))
  expect(await seatsOf(db, 2, id)).toBe(60)
  await other.close()
})

test('a snapshot shows one moment, however much is saved meanwhile', async () => {
  await db.transaction(3, (tx) => addRoom(tx, 3))
  const asAnother = AsyncResource.bind(() => db.transaction(3, (own) => addRoom(own, 3)))
  const moment = db.snapshot(async (tx) => {
    const before = await roomCount(tx, 3)
    await asAnother()
    return [before, await roomCount(tx, 3)]
  })
  expect(await moment).toEqual([1, 1])
  expect(await roomCount(db, 3)).toBe(2)
})

test('a snapshot that failed leaves its connection fit for the next', async () => {
  for (let n = 0; n < 20; n++)
    await expect(
      db.snapshot(async (tx) => roomCount(tx, 3).then(() => Promise.reject(new Error('no')))),
    ).rejects.toThrow('no')
  expect(await db.snapshot((tx) => roomCount(tx, 3))).toBe(2)
})

const thousands = 2_000

test('while a transaction makes thousands of statements others are answered, and see none of it', async () => {
  const before = await roomCount(db, 3)
  let isDone = false
  const writing = db.transaction(3, async (tx) => {
    for (let n = 0; n < thousands; n++) await addRoom(tx, 3)
  })
  const written = writing.then(() => {
    isDone = true
  })
  const seen: number[] = []
  while (!isDone) {
    const count = await roomCount(db, 3)
    if (!isDone) seen.push(count)
    await nextTurn()
  }
  await written
  expect(seen.length).toBeGreaterThan(5)
  expect(new Set(seen.slice(0, -1))).toEqual(new Set([before]))
  expect(await roomCount(db, 3)).toBe(before + thousands)
})

test('statements that still wait for their turn when a transaction is called off are not done in the next one', async () => {
  const before = await roomCount(db, 3)
  let late: Promise<unknown> | undefined
  const calledOff = db.transaction(3, async (tx) => {
    late = Promise.allSettled(Array.from({ length: thousands }, () => addRoom(tx, 3)))
    throw new Error('called off')
  })
  await expect(calledOff).rejects.toThrow('called off')
  await db.transaction(3, async (tx) => {
    for (let n = 0; n < 100; n++) await roomCount(tx, 3)
    await late
  })
  expect(await roomCount(db, 3)).toBe(before)
})
