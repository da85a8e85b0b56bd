import { studentAddresses, students } from '../../db/schema/index.ts'
import { numberOrder, personNames, requireName } from '../people.ts'
import type { Kind } from '../records/declaration.ts'
import { edited, emptied, person, seen } from '../records/fields.ts'
import { cleared } from '../records/in-use.ts'
import type { RowOf } from '../records/kind.ts'
import { nameIn, personName, studentsName } from '../records/naming.ts'
import { mergeAddresses } from './merge-addresses.ts'
import { photosKept } from './photos-kept.ts'

export type StudentRow = RowOf<typeof students>

export const studentKind = {
  entity: 'student',
  table: students,
  notFound: 'student.not_found',
  stale: 'student.stale',
  read: 'student.read',
  naming: personName('student', students),
  unique: { field: 'number', taken: 'student.number_taken' },
  require: requireName,
  derive: (student) => ({
    ...personNames(student, student.number, student.email),
    numberOrder: numberOrder(student.number),
  }),
  fields: {
    ...person,
    number: { sees: 'all', erased: emptied, merged: 'chosen' },
    birthDate: { sees: 'student.readPrivate', erased: emptied, merged: 'chosen' },
    sex: { sees: 'student.readPrivate', erased: emptied, merged: 'chosen' },
    homeLanguage: { sees: 'all', erased: emptied, merged: 'chosen' },
    previousSchool: { sees: 'student.readPrivate', erased: emptied, merged: 'chosen' },
    medicalNote: { sees: 'student.readMedical', erased: emptied, merged: 'chosen' },
    photo: { sees: 'all', erased: emptied, merged: 'chosen' },
    gradeLevel: { sees: 'all', erased: 'kept', merged: 'chosen' },
    status: { sees: 'all', erased: 'kept', merged: 'chosen' },
    isInternational: { sees: 'all', erased: { becomes: false }, merged: 'chosen' },
    isCoop: { sees: 'all', erased: { becomes: false }, merged: 'chosen' },
    programId: {
      sees: 'all',
      erased: 'kept',
      merged: 'chosen',
      refers: { to: 'program', whenArchived: cleared('programId', nameIn(students)) },
    },
    mergedIntoId: {
      sees: 'all',
      erased: 'kept',
      merged: 'written',
      refers: { to: 'student', whenArchived: 'stays', whenErased: 'kept', whenMerged: 'kept' },
    },
  },
  undo: { permission: 'student.write', before: photosKept },
} as const satisfies Kind<typeof students, 'erased' | 'merged'>

export const studentAddressKind = {
  entity: 'studentAddress',
  table: studentAddresses,
  notFound: 'student.not_found',
  stale: 'student.stale',
  read: 'student.readPrivate',
  naming: studentsName(studentAddresses),
  fields: {
    ...edited,
    studentId: {
      sees: 'all',
      refers: { to: 'student', owns: true, whenArchived: 'stays', whenErased: 'deleted', whenMerged: mergeAddresses },
    },
    kind: seen,
    street: seen,
    city: seen,
    region: seen,
    postalCode: seen,
    country: seen,
  },
  undo: { permission: 'student.write' },
} as const satisfies Kind<typeof studentAddresses>
