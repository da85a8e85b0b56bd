import { expect, test } from 'vitest'
import type { Contact } from '../../../client/contacts/contact-words.ts'
import { labelSheets, onSheets, paperSizes, usualSheet } from '../../../client/contacts/label-sheets.ts'
import { labelsFor, postLines } from '../../../client/contacts/labels.ts'

type Guardian = Contact['guardians'][number]
const guardian = (givenName: string, more: Partial<Guardian> = {}): Guardian => ({
  guardianId: givenName,
  givenName,
  middleName: null,
  familyName: 'Abara',
  relation: 'parent',
  phone: null,
  otherPhone: null,
  email: null,
  hasCustody: false,
  mayPickUp: false,
  livesWith: false,
  isBarred: false,
  ...more,
})
const home = {
  kind: 'local' as const,
  street: '1 High St',
  city: 'Columbus',
  region: 'OH',
  postalCode: '43004',
  country: null,
}
const student = (givenName: string, more: Partial<Contact> = {}): Contact => ({
  id: givenName,
  givenName,
  middleName: null,
  familyName: 'Abara',
  preferredName: null,
  number: null,
  photo: null,
  gradeLevel: null,
  guardians: [],
  alerts: [],
  addresses: [home],
  ...more,
})
const made = (...contacts: Contact[]) =>
  labelsFor(contacts, {
    first: 'local',
    locale: 'en-US',
    nameOf: ({ givenName }) => givenName,
    familyOf: (name) => `Family ${name}`,
  })
const namesOf = (...contacts: Contact[]) => made(...contacts).labels.map(({ names }) => names.join(', '))

test('brothers and sisters at one address get one label, however it is typed', () => {
  const gina = guardian('Gina', { livesWith: true })
  const typed = { ...home, street: '1 high st.', city: 'COLUMBUS' }
  expect(
    namesOf(student('Amara', { guardians: [gina] }), student('Bo', { guardians: [gina], addresses: [typed] })),
  ).toEqual(['Gina'])
})

test('two families at one address get a label each', () => {
  const [gina, una] = [guardian('Gina', { livesWith: true }), guardian('Una', { livesWith: true })]
  const families = [
    student('Amara', { guardians: [gina] }),
    student('Tomas', { familyName: 'Rahman', guardians: [una] }),
  ]
  expect(namesOf(...families)).toEqual(['Gina', 'Una'])
  expect(namesOf(student('Amara'), student('Bo'), student('Tomas', { familyName: 'Rahman' }))).toEqual([
    'Family Abara',
    'Family Rahman',
  ])
})

test('a letter goes to those she lives with, else to custody, else to whom is called first; never to who is barred', () => {
  const [first, custody, lives] = [
    guardian('First'),
    guardian('Custody', { hasCustody: true }),
    guardian('Lives', { livesWith: true }),
  ]
  const barred = guardian('Barred', { hasCustody: true, isBarred: true })
  expect(namesOf(student('Amara', { guardians: [barred, first, custody, lives] }))).toEqual(['Lives'])
  expect(namesOf(student('Amara', { guardians: [barred, first, custody] }))).toEqual(['Custody'])
  expect(namesOf(student('Amara', { guardians: [barred, first] }))).toEqual(['First'])
  expect(namesOf(student('Amara', { guardians: [barred] }))).toEqual(['Family Abara'])
})

test('a student without an address is named, not printed', () => {
  const { labels, without } = made(student('Amara'), student('Bo', { addresses: [] }))
  expect([labels.length, without.map(({ givenName }) => givenName)]).toEqual([1, ['Bo']])
})

test.each([
  ['en-US', ['1 High St', 'Columbus, OH 43004']],
  ['en-GB', ['1 High St', 'Columbus', 'OH', '43004']],
  ['de-DE', ['1 High St', '43004 Columbus', 'OH']],
])('post is addressed as in %s', (locale, lines) => {
  expect(postLines(home, locale)).toEqual(lines)
})

test('labels begin at the first place that is free, and go on over sheets', () => {
  const sheets = onSheets(['a', 'b', 'c'], labelSheets.a4x24, 23)
  expect(sheets.map((places) => places.flatMap((label) => label ?? []))).toEqual([['a', 'b'], ['c']])
  expect(sheets[0]).toHaveLength(24)
})

test.each(Object.entries(labelSheets))('the labels of %s fit their paper', (_, sheet) => {
  const { width, height } = paperSizes[sheet.paper]
  const { columns, rows, gap } = sheet
  expect(2 * sheet.left + columns * sheet.width + (columns - 1) * gap).toBeCloseTo(width, 0)
  expect(2 * sheet.top + rows * sheet.height).toBeCloseTo(height, 0)
})

test('a school in the United States has letter paper', () => {
  expect([usualSheet('en-US'), usualSheet('en-GB')]).toEqual(['letterx30', 'a4x24'])
})
