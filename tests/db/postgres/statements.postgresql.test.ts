import { sql } from 'drizzle-orm'
import { afterAll, beforeEach, expect, inject, test } from 'vitest'
import type { Database, Reader } from '../../../db/database.ts'
import { noSchool } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { Connection } from '../../../db/postgres/connection.ts'
import { openPostgres } from '../../../db/postgres/database.ts'
import type { Preparing } from '../../../db/postgres/statements.ts'
import { keptAtMost } from '../../../db/postgres/statements.ts'
import { outsider, until } from '../outsider.ts'
import { startMaskingProxy } from './masking-proxy.ts'

const url = process.env.DATABASE_DIRECT_URL ?? ''
const own = outsider(url)
const opened: Database[] = []
async function openOne(address = url, prepare: Preparing = 'auto', max = 1) {
  const db = await openPostgres(address, { min: 1, max, prepare })
  opened.push(db)
  return db
}
afterAll(async () => {
  await Promise.all(opened.map((db) => db.close()))
  await own.close()
})

beforeEach(async () => {
  await own.rows('drop table if exists shelves')
  await own.rows('create table shelves (id integer primary key, n integer)')
  await own.rows('insert into shelves select n, n from generate_series(1, 20) n')
})

const ask = async (db: Reader, id: number) => {
  const [row] = await db.rows<{ n: number | string }>(sql`select n from shelves where id = ${id}`)
  return Number(row?.n)
}
async function askOften(db: Reader): Promise<void> {
  for (let id = 1; id <= 12; id++) expect(await ask(db, id)).toBe(id)
}
const kept = async (db: Reader): Promise<string[]> =>
  (await db.rows<{ statement: string }>(sql`select statement from pg_prepared_statements`)).map((row) => row.statement)

test('a text that comes again is kept prepared, under one name, and one that does not is not', async () => {
  const db = await openOne()
  await askOften(db)
  await db.transaction(noSchool, askOften)
  await db.rows(sql`select ${'once'}::text`)
  expect(await kept(db)).toEqual(['select n from shelves where id = $1'])
})

test('every kind of value is stored and read as before once its statement is kept', async () => {
  await own.rows('drop table if exists kinds')
  await own.rows(
    'create table kinds (t text, b boolean, j jsonb, d date, i bigint, a timestamptz(3), n numeric(8, 2), x text[])',
  )
  const connection = new Connection(url)
  const text = 'insert into kinds values ($1, $2, $3, $4, $5, $6, $7, $8) returning *'
  const rows: (string | number | boolean | bigint | null)[][] = [
    ['one', true, '{"a": "say \\"x\\""}', '0099-01-01', 12n, '2026-09-01T08:00:00.250Z', '-0.50', '{a,b}'],
    ['false', false, '"text"', '9999-12-31', 2 ** 40, '0099-01-01T00:00:00.000Z', 12.5, null],
    ['null', null, 'null', null, null, null, null, '{}'],
    ['text', 'true', '[1, "two"]', null, '7', null, '0.10', '{"a b"}'],
  ]
  const before = await Promise.all(rows.map((row) => connection.send(text, row, { once: true })))
  for (let n = 0; n < 5; n++) expect(await Promise.all(rows.map((row) => connection.send(text, row)))).toEqual(before)
  const [{ count } = { count: 0 }] = await connection.send('select count(*)::int from pg_prepared_statements')
  expect(count).toBe(3)
  await connection.end()
})

test('lists of every length fill no server, and a connection that keeps too many texts is replaced', async () => {
  const db = await openOne()
  const pidOf = async () => (await db.rows<{ pid: number }>(sql`select pg_backend_pid() as pid`))[0]?.pid
  const pid = await pidOf()
  let most = 0
  for (let length = 1; length <= keptAtMost + 5; length++) {
    const ids = sql.join(
      Array.from({ length }, (_, n) => sql`${n}`),
      sql`, `,
    )
    for (let n = 0; n < 3; n++) await db.rows(sql`select n from shelves where id in (${ids})`)
    if (length > keptAtMost - 5) most = Math.max(most, (await kept(db)).length)
  }
  expect(most).toBeLessThanOrEqual(keptAtMost)
  expect(await pidOf()).not.toBe(pid)
})

const types = ['bigint', 'integer']
/** The schema changes so that PostgreSQL answers a statement that it keeps with an error: "cached plan must not change result type". */
const change = async (to = 'bigint') => void (await own.rows(`alter table shelves alter n type ${to}`))

test('nobody notices that the schema changes under what is kept: a read, a snapshot, a write and its opening', async () => {
  const db = await openOne()
  await askOften(db)
  await change()
  expect(await ask(db, 3)).toBe(3)

  await askOften(db)
  await change('integer')
  expect(await db.snapshot((tx) => ask(tx, 4))).toBe(4)

  await askOften(db)
  await change()
  let runs = 0
  await db.transaction(noSchool, async (tx) => {
    runs++
    await tx.rows(sql`update shelves set n = n + ${100} where id = ${5}`)
    expect(await ask(tx, 5)).toBe(105)
  })
  expect(runs).toBe(2)
  expect(await ask(db, 5)).toBe(105)

  const opening = sql`select n from shelves where id = ${6}`
  for (let n = 0; n < 4; n++) await db.transaction(noSchool, async () => {}, opening)
  await change('integer')
  const [found] = await db.transaction(noSchool, async (_tx, rows: { n: number }[]) => rows, opening)
  expect(Number(found?.n)).toBe(6)
})

test('while steps change the schema again and again, every read and every write succeeds, and each write once', async () => {
  const db = await openOne(url, 'auto', 6)
  let isOver = false
  let writes = 0
  const repeat = async (work: () => Promise<unknown>) => {
    while (!isOver) await work()
  }
  const write = async () => {
    await db.transaction(noSchool, async (tx) => {
      await ask(tx, 1)
      await tx.rows(sql`update shelves set n = n + ${1} where id = ${20} returning n`)
    })
    writes++
  }
  const read = () => ask(db, 2)
  const look = () => db.snapshot((tx) => ask(tx, 3))
  const all = Promise.all([read, look, read, write, write].map(repeat)).finally(() => {
    isOver = true
  })
  for (let n = 0; n < 6; n++) {
    await change(types[n % 2])
    const enough = writes + 8
    await until(() => isOver || writes >= enough)
  }
  isOver = true
  await all
  expect(await ask(db, 20)).toBe(20 + writes)
})

test('what was kept is gone: nobody notices, and nothing is kept any more, for something hidden stands between', async () => {
  const db = await openOne()
  await askOften(db)
  await db.rows(sql`deallocate all`)
  expect(await ask(db, 3)).toBe(3)
  await askOften(db)
  expect(await kept(db)).toEqual([])

  const other = await openOne()
  await askOften(other)
  await other.rows(sql`deallocate all`)
  expect(await other.transaction(noSchool, (tx) => ask(tx, 3))).toBe(3)
})

test('through a pooler nothing is kept, unless DATABASE_PREPARE says that it carries them', async () => {
  const proxy = await startMaskingProxy(Number(new URL(url).port))
  const through = url.replace(/:\d+\//, `:${proxy.port}/`)
  for (const [address, prepare, count] of [
    [through, 'auto', 0],
    [through, 'yes', 1],
    [url, 'no', 0],
    [url, 'auto', 1],
  ] as const) {
    const db = await openOne(address, prepare)
    await askOften(db)
    expect(await kept(db), `${prepare} ${address}`).toHaveLength(count)
  }
  proxy.close()
})

/** The foreign key's check is planned while few racks are there and the index of colors is the smaller one. */
test('a transaction that fills tables has its plans made for what it has put there', async () => {
  await own.rows('drop table if exists books, racks')
  const notes = Array.from({ length: 12 }, (_, n) => `note${n} text`).join(', ')
  await own.rows(`create table racks (room integer, id uuid, color text, ${notes}, primary key (room, id))`)
  await own.rows('create index racks_color_ix on racks (room, color)')
  await own.rows('create table books (room integer, rack uuid, foreign key (room, rack) references racks)')
  const db = await openOne()
  const note0 = 'x'.repeat(300)
  const batches = [20, ...Array.from({ length: 12 }, () => 500)]
  await db.transaction(noSchool, async (tx) => {
    for (const length of batches) {
      const racks = JSON.stringify(Array.from({ length }, () => ({ room: 1, id: newId(), color: 'green', note0 })))
      await tx.rows(sql`insert into racks select * from json_populate_recordset(null::racks, ${racks})`)
      await tx.rows(sql`insert into books select room, id from json_populate_recordset(null::racks, ${racks})`)
    }
    const [seen] = await tx.rows<{ read: string }>(
      sql`select idx_tup_fetch as read from pg_stat_xact_user_tables where relname = 'racks'`,
    )
    expect(Number(seen?.read)).toBeLessThan(2_000_000)
  })
})

if (inject('poolerUrl') !== undefined)
  test('nothing is kept through PgBouncer, and nobody notices where it is said to carry what it does not', async () => {
    for (const prepare of ['auto', 'yes'] as const) {
      const db = await openOne(process.env.DATABASE_URL, prepare, 6)
      const all = Array.from({ length: 200 }, async (_, n) =>
        n % 3 ? ask(db, 7) : db.transaction(noSchool, (tx) => ask(tx, 7)),
      )
      expect(new Set(await Promise.all(all))).toEqual(new Set([7]))
      if (prepare === 'auto') expect(await kept(db)).toEqual([])
    }
  })
