import { classes, classTerms } from '../../db/schema/index.ts'
import { promoteWaitingIn } from '../enrollments/seats.ts'
import { classSortName } from '../people.ts'
import type { Kind } from '../records/declaration.ts'
import { edited, exchanged, seen } from '../records/fields.ts'
import { cleared, remains } from '../records/in-use.ts'
import type { RowOf } from '../records/kind.ts'
import { idsOf } from '../records/kind.ts'
import { classesName, ownName } from '../records/naming.ts'
import { whenTermArchived } from './term-archived.ts'

export type ClassRow = RowOf<typeof classes>

export const classKind = {
  entity: 'class',
  table: classes,
  notFound: 'class.not_found',
  stale: 'class.stale',
  read: 'class.read',
  naming: ownName('class', classes),
  derive: ({ title, code }) => ({ sortName: classSortName(title, code) }),
  fields: {
    ...exchanged,
    code: seen,
    title: seen,
    courseId: { sees: 'all', refers: { to: 'course', whenArchived: remains(classes.title) } },
    capacity: seen,
    roomId: { sees: 'all', refers: { to: 'room', whenArchived: cleared('roomId', classes.title) } },
  },
  undo: { permission: 'class.write' },
  settle: (tx, ctx, rows) => promoteWaitingIn(tx, ctx, idsOf(rows)),
} as const satisfies Kind<typeof classes>

export const classTermKind = {
  entity: 'classTerm',
  table: classTerms,
  notFound: 'academicSession.not_found',
  stale: 'class.stale',
  read: 'class.read',
  naming: classesName(classTerms),
  fields: {
    ...edited,
    classId: { sees: 'all', refers: { to: 'class', owns: true, whenArchived: 'stays' } },
    academicSessionId: { sees: 'all', refers: { to: 'academicSession', whenArchived: whenTermArchived } },
  },
  undo: { permission: 'class.write' },
  settle: (tx, ctx, rows) => promoteWaitingIn(tx, ctx, new Set(rows.map(({ classId }) => classId))),
} as const satisfies Kind<typeof classTerms>
