import { expect, test } from 'vitest'
import { gradeIn } from '../../../db/values.ts'
import { readGrade } from '../../../server/oneroster/read/values.ts'

test.each([
  ['9', '09'],
  ['09', '09'],
  ['Grade 9', '09'],
  ['Year 6', '06'],
  ['YEAR-6', '06'],
  ['7th grade', '07'],
  ['Y10', '10'],
  ['k', 'KG'],
  ['Kindergarten', 'KG'],
  ['pre-k', 'PK'],
])('the grade %s is %s, pasted or imported', (text, code) => {
  expect(gradeIn(text)).toBe(code)
  expect(readGrade(text)).toBe(code)
})

test.each(['Form 5', '25', 'PS1', 'Year six', '', 'Reception'])('%s is no code and stays as it is', (text) => {
  expect(gradeIn(text)).toBeUndefined()
  expect(readGrade(text)).toBe(text)
})
