import { departments } from '../../db/schema/index.ts'
import type { Kind } from '../records/kind.ts'

export const departmentKind: Kind<typeof departments> = {
  entity: 'department',
  table: departments,
  notFound: 'department.not_found',
  stale: 'department.stale',
  unique: { field: 'name', taken: 'department.name_taken' },
}
