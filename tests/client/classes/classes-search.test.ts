import { expect, test } from 'vitest'
import { classesInput, isNarrowed, readClassesSearch } from '../../../client/classes/classes-search.ts'

const id = '01a1fca0-651c-70e3-bb9a-4d065859d3d0'

test('what makes no sense in the address of the classes is left out', () => {
  const nothing = { q: undefined, term: undefined, department: undefined, course: undefined, archived: undefined }
  expect(readClassesSearch({ q: '  ', term: 'soon', department: '7', course: 1, archived: 'maybe' })).toEqual(nothing)
  expect(readClassesSearch({ q: ' bio ', term: 'all', department: id })).toEqual({
    ...nothing,
    q: 'bio',
    term: 'all',
    department: id,
  })
})

test('the list asks for the term it shows, and the term alone is no filter of somebody', () => {
  expect(classesInput({ q: 'bio', course: id }, id)).toEqual({
    search: 'bio',
    archived: false,
    academicSessionId: id,
    courseId: id,
  })
  expect(classesInput({}, undefined)).toEqual({ search: '', archived: false })
  expect(isNarrowed({ term: id })).toBe(false)
  expect(isNarrowed({ archived: 'yes' })).toBe(true)
})
