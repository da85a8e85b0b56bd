/** Every hash of the journal's chain covers such a text: it must stay what it was when the entry was written. */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonical, sha256 } from '../../server/canonical.ts'
import { cases } from '../thorough.ts'

/** As the first release wrote it. */
const first = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  ) ?? 'null'

const anything = fc.anything({ withDate: true, withNullPrototype: true, withSparseArray: true, maxDepth: 4 })

test('whatever a record holds is written as the first release wrote it', () => {
  const isSame = (value: unknown) => void expect(canonical(value)).toBe(first(value))
  fc.assert(fc.property(anything, isSame), { numRuns: cases(300, 2_000) })
})

test.each([
  [undefined, 'null'],
  [{ b: 1, a: undefined, 10: 'x', 9: 'y', '01': 'z' }, '{"9":"y","10":"x","01":"z","b":1}'],
  [
    { at: new Date('2026-11-20T09:00:00Z'), list: [undefined, -0, Number.NaN] },
    '{"at":"2026-11-20T09:00:00.000Z","list":[null,0,null]}',
  ],
  [{ 'Å"\u2028': 'half \ud800' }, '{"Å\\"\u2028":"half \\ud800"}'],
])('%o', (value, text) => {
  expect([canonical(value), first(value)]).toEqual([text, text])
})

test('a hash is SHA-256 of the text as UTF-8', () => {
  const isSame = (text: string) => void expect(sha256(text)).toBe(createHash('sha256').update(text).digest('hex'))
  fc.assert(fc.property(fc.string({ unit: 'binary' }), isSame))
})
