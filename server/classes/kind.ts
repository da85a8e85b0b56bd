import { classes } from '../../db/schema/index.ts'
import { classSortName } from '../people.ts'
import type { Kind } from '../records/kind.ts'

export const classKind: Kind<typeof classes> = {
  entity: 'class',
  table: classes,
  notFound: 'class.not_found',
  stale: 'class.stale',
  derive: ({ title, code }) => ({ sortName: classSortName(title, code) }),
}
