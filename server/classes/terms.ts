import type { Reader, Transaction } from '../../db/database.ts'
import type { classTerms } from '../../db/schema/index.ts'
import { academicSessions } from '../../db/schema/index.ts'
import { academicSessionKind } from '../academic-sessions/kind.ts'
import type { Context, MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { grouped } from '../grouped.ts'
import type { Change } from '../journal/entry.ts'
import type { FieldsOf, RowOf } from '../records/kind.ts'
import { rowsWith } from '../records/kind.ts'
import type { Refusals } from '../records/refusals.ts'
import { takenAmong } from '../records/refusals.ts'
import { addRows, changeRows } from '../records/write.ts'
import { classTermKind } from './kind.ts'

type TermRow = RowOf<typeof classTerms>

const termsAmong = (tx: Reader, schoolId: number, ids: readonly string[]) =>
  takenAmong(tx, academicSessions, academicSessions.id, schoolId, ids)

export async function refuseUnknownTerms(
  tx: Reader,
  { school }: MutationContext,
  items: readonly ({ academicSessionIds?: readonly string[] | undefined } | undefined)[],
  refusals: Refusals,
): Promise<void> {
  const idsOf = items.map((item) => item?.academicSessionIds ?? [])
  const known = await termsAmong(tx, school.id, idsOf.flat())
  for (const [index, ids] of idsOf.entries())
    if (ids.some((id) => !known.has(id)))
      refusals.add(index, { reason: academicSessionKind.notFound, field: 'academicSessionIds' })
}

export async function termsByClass(tx: Reader, { school }: Context, ids: readonly string[]) {
  const rows = (await rowsWith(tx, classTermKind, school.id, 'classId', ids)).filter(({ archivedAt }) => !archivedAt)
  const ofClass = grouped(rows, ({ classId }) => classId)
  const idsIn = (id: string) => ofClass.get(id)?.map(({ academicSessionId }) => academicSessionId) ?? []
  return new Map(ids.map((id) => [id, { academicSessionIds: idsIn(id) }]))
}

/** A term that is new to a class must be in use. */
export async function writeTerms(
  tx: Transaction,
  { school, now }: MutationContext,
  wanted: ReadonlyMap<string, readonly string[]>,
): Promise<Change[]> {
  const rows = await rowsWith(tx, classTermKind, school.id, 'classId', wanted.keys())
  const isWanted = (row: TermRow) => wanted.get(row.classId)?.includes(row.academicSessionId)
  const left = rows.filter((row) => !row.archivedAt && !isWanted(row))
  const again = rows.filter((row) => row.archivedAt && isWanted(row))
  const known = new Set(rows.map((row) => `${row.classId} ${row.academicSessionId}`))
  const begun: FieldsOf<typeof classTerms>[] = [...wanted].flatMap(([classId, ids]) =>
    [...new Set(ids)].flatMap((academicSessionId) =>
      known.has(`${classId} ${academicSessionId}`) ? [] : { classId, academicSessionId },
    ),
  )
  const chosen = new Set([...again, ...begun].map(({ academicSessionId }) => String(academicSessionId)))
  const inUse = await termsAmong(tx, school.id, [...chosen])
  if (inUse.size < chosen.size) throw new DomainError(academicSessionKind.notFound)
  return [
    ...(await changeRows(tx, classTermKind, left, { archivedAt: now })),
    ...(await changeRows(tx, classTermKind, again, { archivedAt: null })),
    ...(await addRows(tx, classTermKind, school.id, begun)),
  ]
}
