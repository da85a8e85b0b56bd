import { expect, test } from 'vitest'
import { fold, inNaturalOrder, ordered, searchable, searchWords, visible } from '../../db/folding.ts'

const finds = (query: string, ...texts: string[]) =>
  searchWords(query).every((word) => searchable(...texts).includes(word))

test.each([
  ['O´Brien', "O'Brien"],
  ['O`Brien', "O'Brien"],
  ['O’Brien', 'obrien'],
  ["O'Brien", 'O‘Brien'],
  ['Kaʻahumanu', "ka'ahumanu"],
  ['Kaʻahumanu', 'kaahumanu'],
  ['Smith‑Jones', 'smith-jones'],
  ['Smith–Jones', 'smith-jones'],
  ['Smith-Jones', 'Smith−Jones'],
  ['Ma\u{200b}ria', 'maria'],
  ['Soft\u{ad}hyphen', 'softhyphen'],
  ['\u{200f}ليلى', 'ليلى'],
  ['Bjørn Łukasz Weiß Þóra', 'bjorn lukasz weiss thora'],
  ['İpek', 'ipek'],
  ['Nguyễn', 'nguyen'],
])('%s is found by %s', (text, query) => {
  expect(finds(query, text)).toBe(true)
  expect(finds(text, text)).toBe(true)
})

test('what cannot be seen is nothing', () => {
  for (const text of ['\u{200b}', '\u{2060}\u{feff} ', '\u{ad}\u{3164}\u{115f}']) expect(visible(text)).toBe('')
  expect(fold(' A\u{200b}\n\tb ')).toBe('a b')
})

test('numbers stand as people count, in words and alone', () => {
  const texts = [
    'Room 10',
    'room 2',
    'Room 2a',
    'Room 02b',
    'Room',
    '10',
    '9',
    '100',
    '0',
    'S-10',
    'S-9',
    'Æble',
    'Apple',
  ]
  expect(texts.toSorted(inNaturalOrder)).toEqual([
    ...['0', '9', '10', '100', 'Æble', 'Apple', 'Room', 'room 2', 'Room 2a', 'Room 02b', 'Room 10', 'S-9', 'S-10'],
  ])
})

test('a number of more digits than the order counts is still in a place of its own', () => {
  expect(inNaturalOrder('9'.repeat(30), `1${'0'.repeat(30)}`)).not.toBe(0)
  expect(ordered('x 007')).toBe(ordered('x 7'))
})
