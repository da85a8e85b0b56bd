import { studentAddresses, students } from '../../db/schema/index.ts'
import { searchText, sortName } from '../people.ts'
import type { Kind, RowOf } from '../records/kind.ts'

export type StudentRow = RowOf<typeof students>

export const studentKind: Kind<typeof students> = {
  entity: 'student',
  table: students,
  notFound: 'student.not_found',
  stale: 'student.stale',
  unique: { field: 'number', taken: 'student.number_taken' },
  derive: (student) => ({
    sortName: sortName(student),
    searchText: searchText(student, student.number, student.email),
  }),
}

export const studentAddressKind: Kind<typeof studentAddresses> = {
  entity: 'studentAddress',
  table: studentAddresses,
  notFound: 'student.not_found',
  stale: 'student.stale',
}
