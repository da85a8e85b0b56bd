import type { SQL } from 'drizzle-orm'
import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { inNaturalOrder } from '../../db/folding.ts'
import type { Context } from '../context.ts'
import type { Reason } from '../errors.ts'
import { DomainError } from '../errors.ts'
import type { ListRecordsInput } from './input.ts'
import type { RecordTable } from './kind.ts'
import { asOne } from './kind.ts'

/** No list shows an erased person. */
export const listed = (table: RecordTable, { school }: Context, { archived }: ListRecordsInput): SQL | undefined => {
  const { schoolId, archivedAt } = asOne(table)
  const isThere = 'erasedAt' in table ? isNull(table.erasedAt) : undefined
  return and(eq(schoolId, school.id), archived ? and(isNotNull(archivedAt), isThere) : isNull(archivedAt))
}

export const theOne = (table: RecordTable, { school }: Context, id: string): SQL | undefined =>
  and(eq(asOne(table).schoolId, school.id), eq(asOne(table).id, id))

export function required<Row extends { archivedAt: Date | null }>([row]: Row[], notFound: Reason) {
  if (!row) throw new DomainError(notFound)
  return { ...row, archivedAt: row.archivedAt?.toISOString() ?? null }
}

export function requiredPerson<Row extends { archivedAt: Date | null; erasedAt: Date | null }>(
  rows: Row[],
  notFound: Reason,
) {
  const row = required(rows, notFound)
  return { ...row, erasedAt: row.erasedAt?.toISOString() ?? null }
}

/** In the order that stored names have too. */
export const inOrder = <Row>(rows: Row[], textOf: (row: Row) => string): Row[] =>
  rows.toSorted((a, b) => inNaturalOrder(textOf(a), textOf(b)))
