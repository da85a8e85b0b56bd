import { expect, test } from 'vitest'
import { levelsIn, sameGrade, tooLongIn } from '../../../client/schools/grade-list.ts'

test('names that files have a code for get it, and a level of two grades is none of them', () => {
  expect(levelsIn('Year 7, Sixth form; Grade 1-2,,')).toEqual([
    { code: '07', name: 'Year 7' },
    { code: 'Sixth form', name: 'Sixth form' },
    { code: 'Grade 1-2', name: 'Grade 1-2' },
  ])
})

test('a name that another level had before may be given again', () => {
  const renamed = [{ code: 'Form A', name: 'Form B' }]
  const added = levelsIn('form a', renamed)
  expect(added).toEqual([{ code: 'form a 2', name: 'form a' }])
  expect(sameGrade([...renamed, ...added])).toEqual([])
})

test('two levels of one name, or of one code in files, are named', () => {
  const year7 = { code: '07', name: 'Year 7' }
  expect(sameGrade([year7, ...levelsIn('Grade 7', [year7])])).toEqual(['Year 7', 'Grade 7'])
  expect(sameGrade([year7, { code: '08', name: 'YEAR  7' }])).toEqual(['Year 7', 'YEAR  7'])
  expect(sameGrade([{ code: 'a', name: '\u00e9' }, { code: 'b', name: 'e\u0301' }, year7])).toHaveLength(2)
})

test('a name that is too long is named and not cut', () => {
  const long = `Form ${'x'.repeat(46)}`
  expect(tooLongIn(`Year 7, ${long}`)).toBe(long)
  expect(tooLongIn(`${'Year 7, '.repeat(20)}`)).toBeUndefined()
  expect(levelsIn(long)[0]?.name).toBe(long)
})
