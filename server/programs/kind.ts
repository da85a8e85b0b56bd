import { programs } from '../../db/schema/index.ts'
import type { Kind } from '../records/declaration.ts'
import { exchanged, seen } from '../records/fields.ts'
import { cleared } from '../records/in-use.ts'
import { ownName } from '../records/naming.ts'

export const programKind = {
  entity: 'program',
  table: programs,
  notFound: 'program.not_found',
  stale: 'program.stale',
  read: 'program.read',
  isSchoolWide: true,
  naming: ownName('program', programs),
  unique: { field: 'name', taken: 'program.name_taken' },
  fields: {
    ...exchanged,
    name: seen,
    type: seen,
    departmentId: {
      sees: 'all',
      refers: { to: 'department', whenArchived: cleared('departmentId', programs.name) },
    },
  },
  undo: { permission: 'program.write' },
} as const satisfies Kind<typeof programs>
