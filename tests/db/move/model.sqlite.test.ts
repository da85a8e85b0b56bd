/** Every order of events of a small register, and that the search finds what would be wrong. */
import { expect, test } from 'vitest'
import type { Faults } from './model.ts'
import { search } from './model.ts'

test('in no order of writes, movers, stops, crashes and lost connections do both take writes, or is one lost', () => {
  const { found, worlds, moved } = search()
  expect(found).toBeUndefined()
  expect(worlds).toBeGreaterThan(1_000)
  expect(moved).toBeGreaterThan(100)
})

const faults: [string, Faults, string][] = [
  ['a fence without a name', { anonymousFence: true }, 'both take writes'],
  ['no last round', { noLastRound: true }, 'an acknowledged write is not in the register'],
  ['servers that go over before the file says so', { servesEarly: true }, 'the last comparison sees what came later'],
  ['a server that decides without PostgreSQL', { guesses: true }, 'both take writes'],
  ['a mover that goes on without its lock', { activatesWithoutLock: true }, 'both take writes'],
  [
    'notes that begin late, and no comparison',
    { notesLate: true, comparesNothing: true },
    'an acknowledged write is not in the register',
  ],
]
test.each(faults)('with %s the search finds what goes wrong', (_, fault, wrong) => {
  expect(search(fault).found?.at(-1)).toBe(wrong)
})

test('notes that begin late are found by the comparison', () => {
  expect(search({ notesLate: true }).found).toBeUndefined()
})
