/** Every kind of column, with the values at its edges, by the way that a move takes them. */
import './own-file.ts'
import { afterAll, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { compareTable } from '../../../db/move/compare.ts'
import { copyTable } from '../../../db/move/copy.ts'
import { openSource } from '../../../db/move/source.ts'
import { movedTable } from '../../../db/move/tables.ts'
import { Connection } from '../../../db/postgres/connection.ts'
import { Sqlite } from '../../../db/sqlite-driver.ts'
import { edges, samples, samplesSql } from '../edge-values.ts'
import { file, removeFolder } from './own-file.ts'
import { on } from './query.ts'
import { emptyDatabase } from './target-database.ts'

const target = await emptyDatabase()
const connection = new Connection(target.url)
afterAll(async () => {
  await connection.end()
  await target.drop()
  removeFolder()
})

const table = movedTable(samples)
const keyOf = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
interface Sample {
  id: string
  column: (typeof table.columns)[number]
  value: unknown
}

/** What both databases take: the codecs refuse the others. */
function storable(): Sample[] {
  return table.columns.flatMap((column) =>
    (edges[keyOf(column.name)] ?? []).flatMap((value) => {
      try {
        if (value !== null) column.codecs.sqlite.store(value)
        return [{ id: newId(), column, value }]
      } catch {
        return []
      }
    }),
  )
}

const samplesOf = storable()
const insert = ({ id, column, value }: Sample) => ({
  text: `insert or ignore into samples (id, ${column.name}) values (?, ?)`,
  values: [id, value === null ? null : column.codecs.sqlite.store(value)],
})

test('values at the edges of every kind of column arrive as they were, and both databases write them alike', async () => {
  const client = new Sqlite(file)
  for (const statement of await samplesSql(false)) client.exec(statement)
  for (const sample of samplesOf) {
    const { text, values } = insert(sample)
    client.prepare(text).run(...values)
  }
  const stored = new Set(client.prepare('select id from samples').pluck().all() as string[])
  client.close()
  expect(stored.size).toBeGreaterThanOrEqual(84)
  const columns = table.columns.map(({ name, codecs }) => `"${name}" ${codecs.postgres.type}`)
  await on(target.url, `create table samples (${columns.join(', ')}, primary key (id))`)
  await on(
    target.url,
    'create table move_tables (name text primary key, rows bigint not null, last jsonb, whole boolean not null)',
  )

  const source = openSource(file)
  await copyTable(source, connection, table, () => {})
  expect(await compareTable(source, connection, table)).toEqual([])
  for (const { id, column } of samplesOf.filter((sample) => stored.has(sample.id))) {
    const { postgres, sqlite } = column.codecs
    const [row] = await connection.send<{ value: unknown }>(
      `select "${column.name}"${postgres.type.startsWith('numeric') || postgres.type === 'bigint' ? '::text' : ''} as value from samples where id = $1`,
      [id],
    )
    const arrived = row?.value === null ? null : postgres.load(row?.value as never)
    const raw = source.prepare(`select "${column.name}" from samples where id = ?`).pluck().get(id)
    const kept = raw === null ? null : sqlite.load(raw as never)
    expect([column.name, arrived]).toEqual([column.name, kept])
  }
  source.close()
})

const damage: [string, string, string][] = [
  [
    'one millisecond',
    `update samples set timestamp = timestamp + interval '1 ms' where timestamp = '1970-01-01Z'`,
    'timestamp',
  ],
  ['the last digit of a decimal', `update samples set "decimal" = "decimal" + 0.0001 where "decimal" = 0.1`, 'decimal'],
  [
    'a composed letter for two signs',
    `update samples set text = normalize(text, nfc) where text = U&'e\\0301'`,
    'text',
  ],
  [
    'a value where there was none',
    `update samples set integer = 0 where integer is null and "text" = 'héllo'`,
    'integer',
  ],
  ['no value where there was an empty text', `update samples set text = null where text = ''`, 'text'],
  ['an element of a list', `update samples set json = '[null, true, 1.5]' where json ? 'a' and json ? 'b'`, 'json'],
  ['true for false', `update samples set "boolean" = not "boolean" where "boolean"`, 'boolean'],
  ['a day', `update samples set "date" = "date" + 1 where "date" = '2024-02-29'`, 'date'],
  ['a blank', `update samples set text = text || ' ' where text = '\\'`, 'text'],
  ['a bigint beyond 2^31', `update samples set "bigint" = "bigint" + 1 where "bigint" = 2147483648`, 'bigint'],
  ['a row less', `delete from samples where text = 'héllo'`, 'PostgreSQL does not have it'],
  ['a row more', `insert into samples (id) values ('ffffffff-0000-7000-8000-000000000000')`, 'only PostgreSQL has it'],
]
test.each(damage)('a comparison names the row and the column of %s', async (_, statement, named) => {
  const source = openSource(file)
  const found = await connection
    .transaction('begin', async (own, begun) => {
      await begun
      const changed = await own.send(`${statement} returning id`)
      expect(changed.length).toBeGreaterThan(0)
      const sentences = await compareTable(source, own, table)
      throw Object.assign(new Error('take it back'), { sentences, changed })
    })
    .catch((error) => {
      if (!error.sentences) throw error
      return error as { sentences: string[]; changed: { id: string }[] }
    })
  source.close()
  expect(found.sentences.length).toBe(found.changed.length)
  expect(found.sentences[0]).toContain(found.changed[0]?.id)
  expect(found.sentences[0]).toContain(named)
})

test('two rows whose values changed places are two differences', async () => {
  const source = openSource(file)
  const swap = `update samples a set text = b.text from samples b where a.text in ('héllo', '%_') and b.text in ('héllo', '%_') and a.id <> b.id`
  await connection.send('begin')
  await connection.send(swap)
  const found = await compareTable(source, connection, table)
  await connection.send('rollback')
  source.close()
  expect(found).toHaveLength(2)
})
