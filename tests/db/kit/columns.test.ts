import { asc, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noSchool } from '../../../db/database.ts'
import { ConstraintError } from '../../../db/errors.ts'
import { UnstorableError } from '../../../db/kinds.ts'
import { newId } from '../../../db/kit.ts'
import { open } from '../../../db/open.ts'
import { edges, samples, samplesSql } from '../edge-values.ts'
import { onPostgres, outsider } from '../outsider.ts'

const db = await open()
beforeAll(async () => {
  const own = outsider()
  for (const statement of await samplesSql(onPostgres)) await own.rows(statement)
  await own.close()
})
afterAll(() => db.close())

/** The value as a reader of a report tells it from every other, whatever the order of an object's keys. */
function shown(value: unknown): string {
  if (value instanceof Date) return `Date ${value.getTime()}`
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  if (typeof value === 'string')
    return value.length > 40 ? `${value.slice(0, 2)}… ${value.length}` : JSON.stringify(value)
  if (value === null || typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`
  const keys = Object.keys(value).toSorted()
  return `{${keys.map((key) => `${JSON.stringify(key)}: ${shown((value as Record<string, unknown>)[key])}`).join(', ')}}`
}

function refusal(error: unknown): string {
  if (error instanceof ConstraintError) return `refused: ${error.kind} ${error.constraint}`
  if (error instanceof UnstorableError) return `refused: ${error.message}`
  const cause = (error as Error).cause
  return cause ? refusal(cause) : `failed: ${error}`
}

const oneRow = async (values: object) => {
  const id = newId()
  await db.transaction(noSchool, (tx) => tx.insert(samples).values({ id, ...values }))
  const [row] = await db.select().from(samples).where(eq(samples.id, id))
  return row as Record<string, unknown>
}
const outcome = (column: string, value: unknown) =>
  oneRow({ [column]: value }).then((row) => shown(row[column]), refusal)

test('every kind of column gives back what it was given, or refuses it, alike on both databases', async () => {
  const lines = []
  for (const [column, values] of Object.entries(edges))
    for (const value of values) {
      const result = await outcome(column, value)
      lines.push(`${column} ${shown(value)} -> ${result === shown(value) ? 'same' : result}`)
    }
  expect(lines.length).toBeGreaterThan(80)
  expect(lines.filter((line) => line.includes('failed:'))).toEqual([])
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('edge-values.txt')
})

test('what is not given takes the default that the schema names', async () => {
  const { money, word, count, flag, extra } = await oneRow({})
  expect({ money, word, count, flag, extra }).toEqual({
    money: '12.50',
    word: "it's",
    count: -7,
    flag: true,
    extra: { a: 'b' },
  })
})

const stored = async (column: 'text' | 'decimal', values: (string | null)[]) => {
  await db.transaction(noSchool, async (tx) => {
    await tx.delete(samples)
    for (const value of values) await tx.insert(samples).values({ [column]: value })
  })
  const rows = await db.select({ value: samples[column] }).from(samples).orderBy(asc(samples[column]))
  return rows.map(({ value }) => value)
}

test('texts sort by code point, in every alphabet', async () => {
  const words = [
    'Zed',
    'apple',
    'Éclair',
    'éclair',
    'eclair',
    'Ångström',
    '_x',
    '10',
    '9',
    'ß',
    'straße',
    '日本',
    '😀',
    '\uffee',
    '',
  ]
  const byCodePoint = words.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  expect(await stored('text', words)).toEqual(byCodePoint)
})

test('decimals sort and compare as numbers', async () => {
  const order = ['-10.0000', '-1.0000', '-0.0001', '0.0000', '0.5000', '9.0000', '10.0000', '99999999999.9999']
  expect(await stored('decimal', order.toSorted())).toEqual(order)
  const over = await db
    .select({ value: samples.decimal })
    .from(samples)
    .where(sql`${samples.decimal} > ${sql.param('9', samples.decimal)}`)
  expect(over.map(({ value }) => value).toSorted()).toEqual(['10.0000', '99999999999.9999'])
})
