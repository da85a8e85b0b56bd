import { expect, test } from 'vitest'
import { countInput, isFiltered, orderInput, readStudentsSearch } from '../../../client/students/students-search.ts'
import { countStudentsInput, listStudentsInput } from '../../../server/students/input.ts'

const id = '01900000-0000-7000-8000-000000000000'
const given = (search: object) => Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined))

test('an address keeps what makes sense and drops the rest', () => {
  const search = readStudentsSearch({
    q: ' ada ',
    grade: '07',
    status: 'purple',
    sort: 'grade',
    order: 'up',
    student: '1',
  })
  expect(given(search)).toEqual({ q: 'ada', grade: '07', sort: 'grade' })
  expect(given(readStudentsSearch({ student: id, archived: 'yes', order: 'desc' }))).toEqual({
    student: id,
    archived: 'yes',
    order: 'desc',
  })
})

test('whatever an address says, the server takes what is made of it', () => {
  const values = ['', 'x'.repeat(5_000), '07', id, 'yes', 'desc', 'inactive', 7, null, {}, ['a']]
  for (const value of values)
    for (const key of ['q', 'grade', 'status', 'program', 'archived', 'sort', 'order', 'student']) {
      const search = readStudentsSearch({ [key]: value })
      const input = { ...countInput(search), ...orderInput(search) }
      expect(listStudentsInput.safeParse(input).success, `${key}=${String(value)}`).toBe(true)
      expect(countStudentsInput.safeParse(countInput(search)).success, `${key}=${String(value)}`).toBe(true)
    }
})

test('the open record and the order are no filters', () => {
  expect(isFiltered(readStudentsSearch({ student: id, sort: 'grade', order: 'desc' }))).toBe(false)
  expect(isFiltered(readStudentsSearch({ archived: 'yes' }))).toBe(true)
})
