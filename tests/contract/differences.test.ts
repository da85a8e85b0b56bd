/** What programs and pages of the release before would stumble over is found, and nothing else is. */
import { expect, test } from 'vitest'
import { differences } from './differences.ts'
import { at, contract } from './fixture.ts'
import { harmless } from './harmless.ts'
import { mutations } from './mutations.ts'
import { drop, put, set, student, without } from './places.ts'
import { breakSentence, shortSentence } from './words.ts'

const on = '2027-02-28'

test.each(mutations)('%s: found', (_, mutate, says) => {
  const is = contract()
  mutate(is)
  const { breaks } = differences(contract(), is, on)
  expect(breaks.map(shortSentence).join('\n')).toContain(says)
  for (const one of breaks) expect(breakSentence(one)).toMatch(/\. \w.+\.$/)
})

test.each(harmless)('%s: not complained of', (_, change) => {
  const is = contract()
  change(is)
  expect(differences(contract(), is, on).breaks.map(shortSentence)).toEqual([])
})

test('what is deprecated goes from its day on, and not before', () => {
  const is = contract()
  drop(student(is), 'fax')
  without(is, 'old')
  delete at(is, 'api paths')['/students/{id}']
  const before = differences(contract(), is, '2027-02-28')
  expect(before.gone).toEqual([])
  expect(before.breaks.map(shortSentence)).toEqual(
    expect.arrayContaining(['GET /students takes `old` no more', 'GET /students/{} is gone']),
  )
  const after = differences(contract(), is, '2027-03-01')
  expect(after.breaks).toEqual([])
  expect(after.gone.map(shortSentence)).toContain('GET /students answers `items[].fax` no more')
})

test('what is new is told in words', () => {
  const is = contract()
  put(student(is), 'nickname', { type: 'string' })
  set(at(is, 'api paths'), { '/rooms': { get: { responses: {} } } })
  expect(differences(contract(), is, on).news).toEqual(
    expect.arrayContaining(['GET /rooms is new', 'GET /students also answers `items[].nickname`']),
  )
})
