import type { students } from '../../db/schema/index.ts'
import type { FieldsOf } from '../records/kind.ts'
import type { StudentRow } from '../students/kind.ts'
import { studentKind } from '../students/kind.ts'
import type { MergeField } from './input.ts'

type Rules = typeof studentKind.fields
type Chosen = { [Field in keyof Rules]: Rules[Field] extends { merged: 'chosen' } ? Field : never }[keyof Rules]
const columns = (Object.keys(studentKind.fields) as (keyof Rules)[]).filter(
  (field): field is Chosen => studentKind.fields[field].merged === 'chosen',
)

/** What was chosen, and what the record lacks. A record made by hand takes over the other's id in imports. */
export function fieldsKept(kept: StudentRow, gone: StudentRow, take: readonly MergeField[]): FieldsOf<typeof students> {
  const taken = columns.filter(
    (column) => gone[column] !== null && (take.some((field) => field === column) || kept[column] === null),
  )
  return {
    ...Object.fromEntries(taken.map((column) => [column, gone[column]])),
    ...(takesPlace(kept, gone) && { sourcedId: gone.sourcedId, extra: { ...gone.extra, ...kept.extra } }),
  }
}

const takesPlace = (kept: StudentRow, gone: StudentRow) => kept.sourcedId === null && gone.sourcedId !== null

/** A record with an id keeps it: imports follow it to the other record. */
export const fieldsGone = (kept: StudentRow, gone: StudentRow, now: Date): FieldsOf<typeof students> => ({
  archivedAt: now,
  mergedIntoId: kept.id,
  ...(takesPlace(kept, gone) && { sourcedId: null }),
})
