import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nameInFile, namesIn } from '../../client/people.ts'
import { cases } from '../thorough.ts'

const read = (...cells: string[]) => cells.map((cell) => Object.values(namesIn(cell)))

test('the last comma of a name stands before the given name', () => {
  expect(read('Smith, Jr., Sam', "O'Neil, III, Kim", 'Abara, Amara', 'Amara Ngozi Abara', 'Cher')).toEqual([
    ['Smith, Jr.', 'Sam'],
    ["O'Neil, III", 'Kim'],
    ['Abara', 'Amara'],
    ['Abara', 'Amara Ngozi'],
    ['Cher', ''],
  ])
})

test('words such as "de la" belong to the family name; where families come first, the order says so', () => {
  expect(read('Juan de la Cruz', 'Ludwig van Beethoven', 'MARIA DEL RIO', 'de Cruz', 'Anna van den Berg')).toEqual([
    ['de la Cruz', 'Juan'],
    ['van Beethoven', 'Ludwig'],
    ['DEL RIO', 'MARIA'],
    ['Cruz', 'de'],
    ['van den Berg', 'Anna'],
  ])
  expect(namesIn('Nguyễn Văn An', 'familyFirst')).toEqual({ familyName: 'Nguyễn', givenName: 'Văn An' })
  expect(namesIn('Sukarno', 'familyFirst')).toEqual({ familyName: 'Sukarno', givenName: '' })
  expect(namesIn('An, Nguyễn', 'familyFirst')).toEqual({ familyName: 'An', givenName: 'Nguyễn' })
})

test('a file writes a name as lists do, but where another name would be read out of it', () => {
  const written = (familyName: string, givenName: string) => nameInFile({ familyName, givenName })
  expect(written('Smith, Jr.', 'Sam')).toBe('Smith, Jr., Sam')
  expect(written('Cher', '')).toBe('Cher')
  expect(written('van der Berg', '')).toBe('van der Berg,')
  expect(written('', 'Madonna')).toBe(', Madonna')
  expect(written('Smith', 'Sam, III')).toBe('Smith, "Sam, III"')
})

const name = fc
  .oneof(fc.string(), fc.string({ unit: fc.constantFrom(',', '"', "'", ' ', '\n', ';', 'a', 'é', '\u202e', '\u200b') }))
  .map((text) => text.trim())

test('every name is read out of a file as it was', () => {
  fc.assert(
    fc.property(name, name, (givenName, familyName) => {
      fc.pre(givenName !== '' || familyName !== '')
      expect(namesIn(nameInFile({ givenName, familyName }).trim())).toEqual({ givenName, familyName })
    }),
    { numRuns: cases(1_000, 5_000) },
  )
})
