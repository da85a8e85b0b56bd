import type { Deed, JournalEntity } from '../../db/values.ts'
import { canonical, sha256 } from '../canonical.ts'
import type { OperationKey } from '../context.ts'

export interface Change {
  entity: JournalEntity
  before?: Row
  after: Row
  /** It takes a person's data away: the entry names the fields, and no values are kept. */
  isErasure?: true
}
type Row = { id: string | number; version: number } & Record<string, unknown>

/** The entries tell of something that belongs to the records, but stands in no column of theirs. */
export function alsoTelling(changes: readonly Change[], told: Record<string, [was: unknown, is: unknown]>): Change[] {
  const at = (moment: 0 | 1) => Object.fromEntries(Object.entries(told).map(([field, pair]) => [field, pair[moment]]))
  return changes.map(({ before, after, ...change }) => ({
    ...change,
    ...(before && { before: { ...before, ...at(0) } }),
    after: { ...after, ...at(1) },
  }))
}

export interface Did {
  deed: Deed
  about: JournalEntity | null
  /** Somebody asked to change one record, and others follow, such as promotions from the waitlist. */
  isOfOne?: true
}

export interface Operation extends OperationKey {
  actorId: string | null
  at: Date
}
export interface NewOperation extends Operation, Did {}

/** The operation in which an import ends what its bundle lacks. People may undo it, unlike the rest of an import. */
export const endingProcedure = 'import.endMissing'
export interface Entry {
  schoolId: number
  number: number
  operationId: string
  entity: JournalEntity
  entityId: string
  version: number
  fields: string[]
  valuesHash: string
}

export interface Chained extends Omit<Entry, 'entity'> {
  entity: string
}

const untold = new Set([
  'schoolId',
  'id',
  'version',
  'sortName',
  'searchText',
  'numberOrder',
  'studentNumberLast',
  'studentNumbersGiven',
])
export const isTold = (field: string): boolean => !untold.has(field)

export const isSame = (one: unknown, other: unknown) =>
  one === other || canonical(one ?? null) === canonical(other ?? null)

export function difference({ before, after }: Pick<Change, 'before' | 'after'>) {
  const empty = (value: unknown) => value === null || value === undefined
  const fields = Object.keys(after)
    .filter(isTold)
    .filter((field) => (before ? !isSame(before[field], after[field]) : !empty(after[field])))
    .toSorted()
  const of = (row: Row | undefined) => Object.fromEntries(fields.map((field) => [field, row?.[field] ?? null]))
  return { fields, content: canonical(before ? { before: of(before), after: of(after) } : { after: of(after) }) }
}

export const hashOfValues = (salt: string, content: string): string => sha256(`${salt}${content}`)

/** The chain so covers that an entry is an erasure. */
export const noValuesHash = sha256('')

export const hashOfEntry = (previous: string, operation: Operation, entry: Chained): string =>
  sha256(
    JSON.stringify([
      previous,
      entry.schoolId,
      entry.number,
      operation.id,
      operation.actorId,
      operation.way,
      operation.procedure,
      operation.inputHash,
      operation.at.getTime(),
      entry.entity,
      entry.entityId,
      entry.version,
      entry.fields,
      entry.valuesHash,
    ]),
  )
