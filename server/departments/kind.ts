import { departments } from '../../db/schema/index.ts'
import type { Kind } from '../records/declaration.ts'
import { exchanged, seen } from '../records/fields.ts'
import { ownName } from '../records/naming.ts'

export const departmentKind = {
  entity: 'department',
  table: departments,
  notFound: 'department.not_found',
  stale: 'department.stale',
  read: 'department.read',
  isSchoolWide: true,
  naming: ownName('department', departments),
  unique: { field: 'name', taken: 'department.name_taken' },
  fields: { ...exchanged, name: seen },
  undo: { permission: 'department.write' },
} as const satisfies Kind<typeof departments>
