import { expect, test } from 'vitest'
import { student } from '../../../client/messages/en/student.ts'
import { gradesOf } from '../../../client/students/grades.ts'

const own = [
  { code: '07', name: 'Year 7' },
  { code: 'Sixth form', name: 'Sixth form' },
  { code: '05', name: 'Class 5' },
]
const grades = gradesOf(own, student())

test('the school’s names and order are what people choose from', () => {
  expect(grades.choices().map(({ label }) => label)).toEqual(['Year 7', 'Sixth form', 'Class 5'])
  expect([grades.short('07'), grades.short('Sixth form'), grades.short('09'), grades.short(null)]).toEqual([
    'Year 7',
    'Sixth form',
    '9',
    '',
  ])
})

test('a level that the school does not list is kept and told apart', () => {
  expect(grades.name('09')).toBe('Grade 9 (not listed)')
  expect(grades.choices('09').at(-1)).toEqual({ value: '09', label: 'Grade 9 (not listed)' })
  expect(gradesOf([], student()).name('Reception')).toBe('Reception')
})

test.each([
  ['year 7', '07'],
  ['Grade 7', '07'],
  ['7th grade', '07'],
  ['SIXTH FORM', 'Sixth form'],
  ['class 5', '05'],
  ['Grade 9', '09'],
  ['Kindergarten', 'KG'],
  ['Blue group', 'Blue group'],
])('a pasted %s is %s', (cell, code) => {
  expect(grades.read(cell)).toBe(code)
})
