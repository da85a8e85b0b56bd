import { expect, test } from 'vitest'
import { mergedAnswers } from './merged.ts'
import type { Written } from './notation.ts'
import { readAnswer, written } from './notation.ts'

const texts: Written[] = [
  'string',
  'null',
  'string uuid | number | null',
  [],
  ['string date'],
  { '=': ['active', 'inactive'] },
  { id: 'string uuid', 'email?': 'string | null', items: [{ name: 'string' }], '*': 'number' },
  { '|': [{ a: 'string' }, [], 'null'] },
  {},
]

test.each(texts.map((text) => [JSON.stringify(text), text] as const))('%s is read as it was written', (_, text) => {
  expect(written(readAnswer(text))).toEqual(text)
})

const merged = (...all: Written[]) => written(all.map((text) => readAnswer(text)).reduce(mergedAnswers))

test('of two answers what was in either may be answered, whichever came first', () => {
  const one = { id: 'string uuid', seats: 'null', tags: [], kind: { '=': ['half', 'full'] }, at: 'string date' }
  const other = { id: 'string', seats: 'number', tags: ['string'], kind: { '=': ['none'] }, more: 'boolean' }
  const both = {
    'at?': 'string date',
    id: 'string',
    kind: { '=': ['full', 'half', 'none'] },
    'more?': 'boolean',
    seats: 'number | null',
    tags: ['string'],
  }
  expect(merged(one, other)).toEqual(both)
  expect(merged(other, one)).toEqual(both)
  expect(merged(both, one, other)).toEqual(both)
})
