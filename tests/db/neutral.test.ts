import { expect, test } from 'vitest'
import { codecsOf } from '../../db/kit.ts'
import { rowReader } from '../../db/neutral.ts'
import { canonical } from '../../server/canonical.ts'
import { edges, samples } from './edge-values.ts'

const reader = rowReader(samples)
const read = (plain: unknown) =>
  reader(typeof plain === 'object' && plain && !Array.isArray(plain) ? { money: '12.50', ...plain } : plain)
const id = '019a1fbe-3fff-7e79-8df8-9c65552f3115'
const asJson = (key: string, value: unknown) => JSON.parse(canonical({ id, [key]: value }))

/** As the column has it once it is stored; undefined for what it refuses. */
function kept(key: string, value: unknown): unknown {
  const { sqlite } = codecsOf(samples[key as 'text'])
  try {
    return sqlite.load(sqlite.store(value) as never)
  } catch {
    return undefined
  }
}

test('what a column keeps is the same after it was JSON, in every kind of column', () => {
  let same = 0
  for (const [key, values] of Object.entries(edges))
    for (const value of values) {
      const was = value === null ? null : kept(key, value)
      if (was === undefined) continue
      // Nothing in JSON is less than nothing: -0 is 0, as PostgreSQL has it.
      expect(read(asJson(key, was))[key], `${key} ${String(value)}`).toEqual(Object.is(was, -0) ? 0 : was)
      same++
    }
  expect(same).toBeGreaterThan(84)
})

test('what a column refuses is refused from JSON, too', () => {
  let refused = 0
  for (const [key, values] of Object.entries(edges))
    for (const value of values) {
      const isText = typeof value === 'string' || typeof value === 'number'
      if (!isText || kept(key, value) !== undefined || JSON.parse(canonical([value]))[0] === null) continue
      expect(() => read(asJson(key, value)), `${key} ${String(value)}`).toThrow(RangeError)
      refused++
    }
  expect(refused).toBeGreaterThan(30)
})

test.each<[string, unknown, string]>([
  ['a list', [], 'the line is not an object'],
  ['null', null, 'the line is not an object'],
  ['a column of no table', { id, house: 1 }, 'there is no column "house"'],
  ['a key that objects inherit', JSON.parse('{"constructor":1}'), 'there is no column "constructor"'],
  ['no id', {}, 'id is missing'],
  ['a number in a text', { id, text: 1 }, 'text is not a text'],
  ['a text in a number', { id, integer: '1' }, 'integer is not a number'],
  ['a number for true', { id, boolean: 1 }, 'boolean is not true or false'],
  ['an instant without its zone', { id, timestamp: '2026-11-30T08:00:00.000' }, 'timestamp is not an instant'],
  ['an instant that is none', { id, timestamp: '2026-02-30T08:00:00.000Z' }, 'timestamp is not an instant'],
  ['a text in JSON', { id, json: '{}' }, 'json is not an object or a list'],
])('%s is refused by a sentence', (_what, plain, says) => {
  expect(() => read(plain)).toThrow(says)
})

test('a column that a row lacks gets its default', () => {
  expect(read({ id })).toMatchObject({
    text: null,
    money: '12.50',
    word: "it's",
    count: -7,
    flag: true,
    extra: { a: 'b' },
  })
})
