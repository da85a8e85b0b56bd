import { expect, test } from 'vitest'
import { studentPaste } from '../../../client/messages/en/student-paste.ts'
import { formatsFor } from '../../../client/messages/formats.ts'
import {
  comingAlong,
  guardiansInput,
  isLinked,
  noGuardians,
  relationIn,
} from '../../../client/students/pasted-guardians.ts'

const words = studentPaste(formatsFor('en-GB', 'Europe/London'))

test('a place of which the row says nothing is null, so that what is refused is found by its place', () => {
  const said = { ...noGuardians(), father: { phone: '1' }, guardian1: { givenName: 'Gia', relation: 'grandparent' } }
  expect(guardiansInput(said, ['mother', 'father', 'guardian1'])).toEqual({
    guardians: [
      null,
      { relation: 'father', givenName: '', familyName: '', phone: '1' },
      { relation: 'grandparent', givenName: 'Gia', familyName: '' },
      null,
    ],
  })
  expect(guardiansInput(said, ['mother'])).toEqual({})
})

test('siblings share a guardian by name and contact; two names with one phone are told', () => {
  const gina = { givenName: 'Gina', familyName: 'Abara', phone: '(614) 555-0100' }
  const rows = [
    { ...noGuardians(), mother: gina },
    {
      ...noGuardians(),
      mother: { ...gina, phone: '+1 614 555 0100' },
      father: { givenName: 'Tom', familyName: 'Abara' },
    },
    { ...noGuardians(), guardian1: { givenName: 'Ann', familyName: 'Lee', phone: '614.555.0100' } },
  ]
  const { guardians, shared, alike } = comingAlong(rows)
  expect([guardians, shared]).toEqual([3, 1])
  expect(alike).toEqual([[gina, rows[2]?.guardian1]])
  expect(comingAlong([noGuardians()])).toEqual({ guardians: 0, shared: 0, alike: [] })
})

test('what the student has already is no change: a name, a phone however it is written, an address', () => {
  const gina = { givenName: 'Gina', familyName: 'Abara', email: 'g@x.example', phone: null, otherPhone: '614 555 0100' }
  expect(isLinked([gina], 'fullName', { givenName: 'GINA', familyName: 'Abara' })).toBe(true)
  expect(isLinked([gina], 'fullName', { givenName: 'Gia', familyName: 'Abara' })).toBe(false)
  expect(isLinked([gina], 'phone', { phone: '(614) 555-0100' })).toBe(true)
  expect(isLinked([gina], 'email', { email: 'other@x.example' })).toBe(false)
  expect(isLinked([gina], 'relation', { relation: 'mother' })).toBe(true)
})

test('relations and heads are known by the words that offices use', () => {
  expect(
    ['Mom', 'step-father', 'Nan', 'LEGAL GUARDIAN', 'boss'].map((cell) => relationIn(cell, words.relations)),
  ).toEqual(['mother', 'stepparent', 'grandparent', 'guardian', undefined])
  expect(words.heads('mother', 'phone')).toContain("mother's mobile")
  expect(words.heads('guardian1', 'fullName')).toContain('parent 1 name')
})
