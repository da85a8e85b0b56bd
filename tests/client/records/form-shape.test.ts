import { expect, test } from 'vitest'
import { termTree } from '../../../client/academic-sessions/term-tree.ts'
import { changedFields, numberIn } from '../../../client/records/form-shape.ts'
import { found, sorted } from '../../../client/records/found-rows.ts'
import { readRecordsSearch } from '../../../client/records/records-search.ts'

const rooms = [
  { name: 'Aula', seats: 300 },
  { name: 'Bíó 2', seats: null },
  { name: 'Bíó 10', seats: 24 },
]
const names = (rows: { name: string }[]) => rows.map(({ name }) => name)

test('every word is found wherever it stands, without accents and case', () => {
  const search = (text: string) => names(found(rooms, text, ({ name }) => name))
  expect(search('bio')).toEqual(['Bíó 2', 'Bíó 10'])
  expect(search('10 BIO')).toEqual(['Bíó 10'])
  expect(search('  ')).toEqual(['Aula', 'Bíó 2', 'Bíó 10'])
  expect(search('bio aula')).toEqual([])
})

test('a list is ordered as people count, and what has nothing there comes last either way', () => {
  expect(names(sorted(rooms, ({ name }) => name, true))).toEqual(['Bíó 10', 'Bíó 2', 'Aula'])
  expect(names(sorted(rooms, ({ seats }) => seats, false))).toEqual(['Bíó 10', 'Aula', 'Bíó 2'])
  expect(names(sorted(rooms, ({ seats }) => seats, true))).toEqual(['Aula', 'Bíó 10', 'Bíó 2'])
})

test('nonsense in the address of a list is left out', () => {
  expect(readRecordsSearch({ q: ' lab ', archived: 'maybe', by: 7, order: 'up', cols: 3 })).toEqual({ q: 'lab' })
})

test('terms stand below what they are part of, the latest year first', () => {
  const term = (id: string, parentId: string | null, startDate: string) => ({ id, parentId, startDate })
  const tree = termTree([
    term('2025', null, '2025-09-01'),
    term('2026', null, '2026-09-01'),
    term('spring', '2026', '2027-02-01'),
    term('autumn', '2026', '2026-09-01'),
    term('quarter', 'autumn', '2026-09-01'),
    term('stray', 'an archived year', '2024-09-01'),
  ])
  expect(tree.map(({ id, depth }) => `${depth} ${id}`)).toEqual([
    '0 2026',
    '1 autumn',
    '2 quarter',
    '1 spring',
    '0 2025',
    '0 stray',
  ])
})

test('spaces at the edges of a field are no change, and a number is one only when it is', () => {
  expect(changedFields({ name: 'Lab', seats: '' }, { name: ' Lab ', seats: '30' })).toEqual(['seats'])
  expect([numberIn(' 30 '), numberIn(''), numberIn('30 or so')]).toEqual([30, '', '30 or so'])
})
