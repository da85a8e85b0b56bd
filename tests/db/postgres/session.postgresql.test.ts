import { sql } from 'drizzle-orm'
import { afterAll, expect, inject, test } from 'vitest'
import type { Reader } from '../../../db/database.ts'
import { noSchool } from '../../../db/database.ts'
import { open } from '../../../db/open.ts'
import { outsider } from '../outsider.ts'

const db = await open()
afterAll(() => db.close())

const settings = async (reader: Reader) => {
  const [row] = await reader.rows(sql`
    select current_setting('lock_timeout') as lock, current_setting('statement_timeout') as statement,
      current_setting('idle_in_transaction_session_timeout') as idle, current_setting('transaction_isolation') as isolation,
      current_setting('TimeZone') as zone`)
  return row
}
const none = { lock: '0', statement: '0', idle: '0', isolation: 'read committed', zone: 'UTC' }

test('the limits of a transaction end with it, so that the next one on its connection finds none of them', async () => {
  for (let n = 0; n < 30; n++) {
    const inside = await db.transaction([1, 2], settings)
    expect(inside).toEqual({ lock: '5s', statement: '30s', idle: '1min', isolation: 'read committed', zone: 'UTC' })
    expect(await db.snapshot(settings)).toMatchObject({ statement: '30s', isolation: 'repeatable read' })
    expect(await settings(db)).toEqual(none)
  }
})

test('a school is locked for the length of its transaction and no longer, on whichever connection it ran', async () => {
  const own = outsider()
  const locks = `select objid from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database()) order by 1`
  await db.transaction([7, 3], async () => expect(await own.rows(locks)).toEqual([{ objid: 3 }, { objid: 7 }]))
  await expect(db.transaction(5, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  await db.transaction(noSchool, async () => expect(await own.rows(locks)).toEqual([]))
  await own.close()
})

test('a statement that takes longer than its limit is ended, and the database called unavailable', async () => {
  const slow = db.transaction(noSchool, async (tx) => {
    await tx.rows(sql`select set_config('statement_timeout', '50', true)`)
    await tx.rows(sql`select pg_sleep(5)`)
  })
  await expect(slow).rejects.toMatchObject({ name: 'UnavailableError' })
})

const throughPooler = inject('poolerUrl') !== undefined
if (throughPooler)
  test('the pooler stands between: transactions share the connections of the server', async () => {
    expect(process.env.DATABASE_URL).not.toBe(process.env.DATABASE_DIRECT_URL)
    const pids = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const own = await open()
        const [row] = await own.rows<{ pid: number }>(sql`select pg_backend_pid() as pid`)
        await own.close()
        return row?.pid
      }),
    )
    expect(new Set(pids).size).toBeLessThan(4)
  })
