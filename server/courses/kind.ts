import { courses } from '../../db/schema/index.ts'
import type { Kind } from '../records/declaration.ts'
import { exchanged, seen } from '../records/fields.ts'
import { cleared } from '../records/in-use.ts'
import { ownName } from '../records/naming.ts'

export const courseKind = {
  entity: 'course',
  table: courses,
  notFound: 'course.not_found',
  stale: 'course.stale',
  read: 'course.read',
  isSchoolWide: true,
  naming: ownName('course', courses),
  unique: { field: 'code', taken: 'course.code_taken' },
  fields: {
    ...exchanged,
    code: seen,
    title: seen,
    credits: seen,
    departmentId: {
      sees: 'all',
      refers: { to: 'department', whenArchived: cleared('departmentId', courses.title) },
    },
  },
  undo: { permission: 'course.write' },
} as const satisfies Kind<typeof courses>
