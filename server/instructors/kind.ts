import { instructors } from '../../db/schema/index.ts'
import { personNames, requireName } from '../people.ts'
import type { Kind } from '../records/declaration.ts'
import { emptied, person } from '../records/fields.ts'
import { cleared } from '../records/in-use.ts'
import { nameIn, personName } from '../records/naming.ts'

export const instructorKind = {
  entity: 'instructor',
  table: instructors,
  notFound: 'instructor.not_found',
  stale: 'instructor.stale',
  read: 'instructor.read',
  isSchoolWide: true,
  naming: personName('instructor', instructors),
  require: requireName,
  derive: (instructor) => personNames(instructor, instructor.email),
  fields: {
    ...person,
    employment: { sees: 'all', erased: emptied },
    status: { sees: 'all', erased: 'kept' },
    departmentId: {
      sees: 'all',
      erased: 'kept',
      refers: { to: 'department', whenArchived: cleared('departmentId', nameIn(instructors)) },
    },
  },
  undo: { permission: 'instructor.write' },
} as const satisfies Kind<typeof instructors, 'erased'>
