import { programs } from '../../db/schema/index.ts'
import type { Kind } from '../records/kind.ts'

export const programKind: Kind<typeof programs> = {
  entity: 'program',
  table: programs,
  notFound: 'program.not_found',
  stale: 'program.stale',
  unique: { field: 'name', taken: 'program.name_taken' },
}
