/** Short lists come whole, and one of their records is read by the same statement. */
import type { SQL } from 'drizzle-orm'
import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import type { Context } from '../context.ts'
import type { Reason } from '../errors.ts'
import { DomainError } from '../errors.ts'
import type { ListRecordsInput } from './input.ts'
import type { RecordTable } from './kind.ts'
import { asOne, isRecord } from './kind.ts'

/** The records of a school that are in use, or the archived ones. Who was erased is on no list. */
export const listed = (table: RecordTable, { school }: Context, { archived }: ListRecordsInput): SQL | undefined => {
  const { schoolId, archivedAt } = asOne(table)
  const isThere = 'erasedAt' in table ? isNull(table.erasedAt) : undefined
  return and(eq(schoolId, school.id), archived ? and(isNotNull(archivedAt), isThere) : isNull(archivedAt))
}

/** The one record of this id, archived or not. */
export const theOne = (table: RecordTable, { school }: Context, id: string): SQL | undefined =>
  isRecord(table, school.id, id)

/** The first row, its instants written out; `notFound` where there is none. */
export function required<Row extends { archivedAt: Date | null }>([row]: Row[], notFound: Reason) {
  if (!row) throw new DomainError(notFound)
  return { ...row, archivedAt: row.archivedAt?.toISOString() ?? null }
}

/** The same of a person, who may be erased. */
export function requiredPerson<Row extends { archivedAt: Date | null; erasedAt: Date | null }>(
  rows: Row[],
  notFound: Reason,
) {
  const row = required(rows, notFound)
  return { ...row, erasedAt: row.erasedAt?.toISOString() ?? null }
}

/** In the order of the school's language. */
export function inOrder<Row>(rows: Row[], { school }: Context, textOf: (row: Row) => string): Row[] {
  const { compare } = new Intl.Collator(school.locale, { numeric: true })
  return rows.toSorted((a, b) => compare(textOf(a), textOf(b)))
}
