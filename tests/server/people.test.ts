import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fold, searchWords } from '../../db/folding.ts'
import { searchText, sortName } from '../../server/people.ts'

test.each([
  ['Ångström', 'angstrom'],
  ['ÉCLAIR', 'eclair'],
  ['Łódź', 'lodz'],
  ['Straße', 'strasse'],
  ['Ｆｕｌｌ　ｗｉｄｔｈ', 'full width'],
  ['İSTANBUL ℡', 'istanbul tel'],
  ['  two   spaces ', 'two spaces'],
  ['Ørsted Ðórr Þór', 'orsted dorr thor'],
])('%s folds to %s', (text, folded) => {
  expect(fold(text)).toBe(folded)
})

test('a short family name comes before the longer one that begins with it', () => {
  const names = ['Van Dyk', 'Van', 'Vanek', 'O’Neil', 'Oneida', 'Oberg'].map((familyName) => ({
    familyName,
    givenName: 'A',
  }))
  const ordered = names.toSorted((a, b) => (sortName(a) < sortName(b) ? -1 : 1))
  expect(ordered.map(({ familyName }) => familyName)).toEqual(['Oberg', 'Oneida', 'O’Neil', 'Van', 'Van Dyk', 'Vanek'])
})

test('whatever a name is, typing a part of it finds it', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      (givenName, familyName) => {
        const text = searchText({ givenName, familyName })
        for (const word of searchWords(`${familyName} ${givenName}`)) expect(text).toContain(word)
      },
    ),
  )
})

test('folding twice is folding once', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(fold(fold(text))).toBe(fold(text))
    }),
  )
})
