import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Reader, Transaction } from '../../../db/database.ts'
import { UnavailableError } from '../../../db/errors.ts'
import { open } from '../../../db/open.ts'
import { rooms } from '../../../db/schema/index.ts'
import { held, outsider, until } from '../outsider.ts'
import { addRoom, addSchools, oneRoom, roomCount } from '../sample-schools.ts'

const db = await open()
const own = outsider()
beforeAll(() => addSchools(db, [1, 2, 3, 4]))
afterAll(async () => {
  await own.close()
  await db.close()
})

async function pidOf(tx: Reader): Promise<number> {
  const [row] = await tx.rows<{ pid: number }>(sql`select pg_backend_pid() as pid`)
  return row?.pid ?? 0
}
const alive = (pid: number) =>
  own.rows(`select 1 from pg_stat_activity where pid = ${pid}`).then((rows) => rows.length > 0)
const isAsleep = async () => {
  const asleep = await own.rows(
    `select 1 from pg_stat_activity where datname = current_database() and state = 'active' and query like 'select pg_sleep%'`,
  )
  return asleep.length > 0
}
async function cut(tx: Reader): Promise<void> {
  const pid = await pidOf(tx)
  await own.rows(`select pg_terminate_backend(${pid})`)
  await until(async () => !(await alive(pid)))
}

test('a connection lost between two statements: the transaction runs again, and writes once', async () => {
  let runs = 0
  const work = async (tx: Transaction) => {
    runs++
    await addRoom(tx, 1)
    if (runs === 1) await cut(tx)
    await addRoom(tx, 1)
  }
  await db.transaction(1, work)
  expect([runs, await roomCount(db, 1)]).toEqual([2, 2])
})

test('a connection lost during a statement: the transaction runs again, and writes once', async () => {
  let runs = 0
  await db.transaction(2, async (tx) => {
    runs++
    await addRoom(tx, 2)
    if (runs === 1) {
      const pid = await pidOf(tx)
      const sleeping = tx.rows(sql`select pg_sleep(20)`)
      sleeping.catch(() => {})
      await until(isAsleep)
      await own.rows(`select pg_terminate_backend(${pid})`)
      await sleeping
    }
  })
  expect([runs, await roomCount(db, 2)]).toEqual([2, 1])
})

test('a transaction whose connection is gone sends nothing into the one that has it next', async () => {
  const work = async (tx: Transaction) => {
    await cut(tx)
    await Promise.all(Array.from({ length: 20 }, () => roomCount(db, 3)))
    await addRoom(tx, 3)
    throw new Error('never comes here')
  }
  const others = Array.from({ length: 20 }, () => db.transaction(4, (tx) => addRoom(tx, 4)))
  let runs = 0
  await db.transaction(3, (tx) => (runs++ ? Promise.resolve() : work(tx)))
  await Promise.all(others)
  expect([runs, await roomCount(db, 3), await roomCount(db, 4)]).toEqual([2, 0, 20])
})

test('a snapshot whose connection is lost is taken again', async () => {
  let runs = 0
  const count = await db.snapshot(async (tx) => {
    if (!runs++) await cut(tx)
    return roomCount(tx, 4)
  })
  expect([runs, count]).toEqual([2, 20])
})

test('reads under way when every connection is cut are asked again', async () => {
  const reads = Array.from({ length: 30 }, () => db.rows(sql`select pg_sleep(0.2)`))
  await until(isAsleep)
  await own.rows(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'homeroom' and datname = current_database()`,
  )
  expect((await Promise.all(reads)).length).toBe(30)
  expect(await roomCount(db, 4)).toBe(20)
})

test('a connection lost during the commit is not tried again: nobody knows whether it was saved', async () => {
  await own.rows(
    `create function slow() returns trigger language plpgsql as $$ begin perform pg_sleep(30); return null; end $$`,
  )
  await own.rows(
    `create constraint trigger slow after insert on rooms deferrable initially deferred for each row when (new.name = 'slow') execute function slow()`,
  )
  let runs = 0
  let pid = 0
  const saved = db.transaction(1, async (tx) => {
    runs++
    pid = await pidOf(tx)
    await addRoom(tx, 1, { name: 'slow' })
  })
  saved.catch(() => {})
  await until(
    async () =>
      (
        await own.rows(
          `select 1 from pg_stat_activity where pid = ${pid} and query ilike 'commit%' and state = 'active'`,
        )
      ).length > 0,
  )
  await own.rows(`select pg_terminate_backend(${pid})`)
  await expect(saved).rejects.toBeInstanceOf(UnavailableError)
  await expect(saved).rejects.toMatchObject({ trouble: 'unsure' })
  expect(runs).toBe(1)
  await own.rows('drop trigger slow on rooms')
})

test('of two transactions that wait for each other, the one PostgreSQL gives up is tried again', async () => {
  const [a, b] = await db.transaction(1, async (tx) => [
    await addRoom(tx, 1, { seats: 0 }),
    await addRoom(tx, 1, { seats: 0 }),
  ])
  let runs = 0
  let holding = 0
  const bothHold = held()
  // Past the schools' locks, as only a hand at the console can: two rows in opposite order.
  const lockBoth = (schoolId: number, first = '', second = '') =>
    db.transaction(schoolId, async (tx) => {
      runs++
      await tx
        .update(rooms)
        .set({ seats: sql`${rooms.seats} + 1` })
        .where(oneRoom(1, first))
      if (++holding === 2) bothHold.release()
      await bothHold.promise
      await tx
        .update(rooms)
        .set({ seats: sql`${rooms.seats} + 1` })
        .where(oneRoom(1, second))
    })
  await Promise.all([lockBoth(1, a, b), lockBoth(2, b, a)])
  expect(runs).toBe(3)
  const seats = await own.rows<{ seats: number }>(`select seats from rooms where id in ('${a}', '${b}')`)
  expect(seats).toEqual([{ seats: 2 }, { seats: 2 }])
})

test('a transaction that waits 5 seconds for a row that another program holds gets unavailable', async () => {
  const id = await db.transaction(1, (tx) => addRoom(tx, 1))
  const holder = outsider()
  await holder.rows(`begin; update rooms set seats = 1 where id = '${id}'`)
  const started = performance.now()
  await expect(
    db.transaction(1, (tx) => tx.update(rooms).set({ seats: 2 }).where(oneRoom(1, id))),
  ).rejects.toBeInstanceOf(UnavailableError)
  expect(performance.now() - started).toBeGreaterThan(4_500)
  await holder.rows('rollback')
  await holder.close()
})
