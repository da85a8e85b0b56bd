import { classes, classTerms } from '../../db/schema/index.ts'
import { classSortName } from '../people.ts'
import type { Kind, RowOf } from '../records/kind.ts'

export type ClassRow = RowOf<typeof classes>

export const classKind: Kind<typeof classes> = {
  entity: 'class',
  table: classes,
  notFound: 'class.not_found',
  stale: 'class.stale',
  derive: ({ title, code }) => ({ sortName: classSortName(title, code) }),
}

export const classTermKind: Kind<typeof classTerms> = {
  entity: 'classTerm',
  table: classTerms,
  notFound: 'academicSession.not_found',
  stale: 'class.stale',
}
