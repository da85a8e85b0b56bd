import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Transaction } from '../../db/database.ts'
import { ConstraintError, UnavailableError } from '../../db/errors.ts'
import { open } from '../../db/open.ts'
import { lockOrder } from '../../db/scope.ts'
import { addRoom, addSchools, roomCount } from './sample-schools.ts'

const db = await open()
beforeAll(() => addSchools(db, [1]))
afterAll(() => db.close())

/** The first of ours in a chain of errors. */
const innermost = (error: unknown): string => {
  const { cause, message } = error as Error
  return cause && message.startsWith('Failed query') ? innermost(cause) : message
}
const outcome = (work: Promise<unknown>): Promise<string> => work.then(() => 'done', innermost)

test('a statement that comes after the end of its transaction is refused and changes nothing', async () => {
  let late: Promise<string> | undefined
  await db.transaction(1, async (tx) => {
    late = outcome(sleep(20).then(() => addRoom(tx, 1)))
  })
  expect(await late).toBe('This transaction is over: await everything inside it')
  expect(await roomCount(db, 1)).toBe(0)
})

test('a read that comes after the end of a snapshot is refused', async () => {
  let kept: Parameters<Parameters<typeof db.snapshot>[0]>[0] | undefined
  await db.snapshot(async (tx) => {
    kept = tx
  })
  expect(await outcome(kept ? roomCount(kept, 1) : Promise.resolve())).toMatch(/is over/)
})

test('a transaction inside another is refused', async () => {
  await expect(db.transaction(1, () => db.transaction(1, async () => 1))).rejects.toThrow(
    'A transaction is already open here',
  )
  await expect(db.snapshot(() => db.transaction(1, async () => 1))).rejects.toThrow(
    'A transaction is already open here',
  )
  await expect(db.transaction(1, () => db.snapshot(async () => 1))).rejects.toThrow(
    'A transaction is already open here',
  )
  expect(await db.transaction(1, async () => 'free again')).toBe('free again')
})

test('after a failed statement nothing more can run, and swallowing the failure saves nothing', async () => {
  const messages: string[] = []
  const work = async (tx: Transaction) => {
    const id = await addRoom(tx, 1)
    messages.push(await outcome(addRoom(tx, 1, { id })))
    messages.push(await outcome(addRoom(tx, 1)))
    messages.push(await outcome(roomCount(tx, 1)))
    return 'as if nothing had happened'
  }
  await expect(db.transaction(1, work)).rejects.toMatchObject({ kind: 'unique', constraint: 'rooms_pk' })
  const doomed = 'This transaction has failed: nothing more can run in it'
  expect(messages.slice(1)).toEqual([doomed, doomed])
  expect(await roomCount(db, 1)).toBe(0)
})

test('a failed statement that nobody waited for ends the transaction too', async () => {
  const unwaited = async (tx: Transaction) => {
    const id = await addRoom(tx, 1)
    addRoom(tx, 1, { id }).catch(() => {})
    await Promise.resolve()
  }
  await expect(db.transaction(1, unwaited)).rejects.toBeInstanceOf(ConstraintError)
  expect(await roomCount(db, 1)).toBe(0)
})

test('a value no column can hold is refused and leaves nothing', async () => {
  const work = db.transaction(1, async (tx) => {
    await addRoom(tx, 1)
    await addRoom(tx, 1, { seats: 1.5 })
  })
  await expect(work).rejects.toMatchObject({ name: 'UnstorableError' })
  expect(await roomCount(db, 1)).toBe(0)
})

test('an error of the work itself comes out as it went in, and rolls back', async () => {
  const own = new TypeError('ours')
  const work = db.transaction(1, async (tx) => {
    await addRoom(tx, 1)
    throw own
  })
  await expect(work).rejects.toBe(own)
  expect(await roomCount(db, 1)).toBe(0)
})

test('a snapshot can write nothing', async () => {
  await expect(db.snapshot((tx) => addRoom(tx as Transaction, 1))).rejects.toThrow()
  expect(await roomCount(db, 1)).toBe(0)
})

test('rows are whole after a statement that failed between two rows', async () => {
  const failing = sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < 9) select case when i < 5 then 1 else abs(-9223372036854775807 - case when i < 5 then 0 else 1 end) end as x from n`
  for (let n = 0; n < 5; n++) await db.rows(failing).catch(() => {})
  const opening = sql`select 7 as x`
  expect(await db.rows<{ x: number }>(opening)).toEqual([{ x: 7 }])
  expect(await roomCount(db, 1)).toBe(0)
  for (let n = 0; n < 5; n++) {
    await db.rows(failing).catch(() => {})
    await db.transaction(1, async (_, opened) => expect(opened).toEqual([{ x: 7 }]), opening)
    await db.transaction(1, (tx) => tx.rows(failing)).catch(() => {})
    await db.transaction(1, async (_, opened) => expect(opened).toEqual([{ x: 7 }]), opening)
  }
})

test('schools are locked each once, in the order of their ids', () => {
  expect(lockOrder([10, 2, 10, 1])).toEqual([1, 2, 10])
})

test('closing waits for what is under way and refuses what comes after', async () => {
  const own = await open()
  const writing = own.transaction(1, async (tx) => {
    await sleep(50)
    return addRoom(tx, 1, { name: 'the last' })
  })
  const queued = own.transaction(1, async (tx) => roomCount(tx, 1))
  const closed = own.close()
  await expect(own.transaction(1, async () => 1)).rejects.toBeInstanceOf(UnavailableError)
  await expect(own.snapshot(async () => 1)).rejects.toBeInstanceOf(UnavailableError)
  await writing
  expect(await queued).toBe(1)
  await closed
})
