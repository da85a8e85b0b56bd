/** What an entry of the journal says, and how its hash covers it. */
import type { Deed, JournalEntity } from '../../db/values.ts'
import { canonical, sha256 } from '../canonical.ts'
import type { OperationKey } from '../context.ts'

/** A change as a feature reports it: none before for a created record. */
export interface Change {
  entity: JournalEntity
  before?: Row
  after: Row
  /** It takes a person's data away: the entry tells which fields, and what they held is kept nowhere. */
  isErasure?: true
}
type Row = { id: string | number; version: number } & Record<string, unknown>

/** What an operation does, as people would say it: the chain does not cover it. */
export interface Did {
  deed: Deed
  /** The kind of record it is about; none where only what it changed says so. */
  about: JournalEntity | null
  /** It changes one record as somebody asked, and others that follow, such as who comes off the waitlist. */
  isOfOne?: true
}

/** What the hash of its entries covers of an operation. */
export interface Operation extends OperationKey {
  actorId: string | null
  at: Date
}
export interface NewOperation extends Operation, Did {}
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

/** The place and what follows from other fields: told by the entry itself, or computed again. */
const untold = new Set(['schoolId', 'id', 'version', 'sortName', 'searchText'])

export const isSame = (one: unknown, other: unknown) =>
  one === other || canonical(one ?? null) === canonical(other ?? null)

/** The changed fields with what they held before and after. A created record tells every field that holds something. */
export function difference({ before, after }: Change) {
  const empty = (value: unknown) => value === null || value === undefined
  const fields = Object.keys(after)
    .filter((field) => !untold.has(field))
    .filter((field) => (before ? !isSame(before[field], after[field]) : !empty(after[field])))
    .toSorted()
  const of = (row: Row | undefined) => Object.fromEntries(fields.map((field) => [field, row?.[field] ?? null]))
  return { fields, content: canonical(before ? { before: of(before), after: of(after) } : { after: of(after) }) }
}

export const hashOfValues = (salt: string, content: string): string => sha256(`${salt}${content}`)

/** Stands in the entry of an erasure, which never had any values: the chain covers that it is one. */
export const noValuesHash = sha256('')

/** The hash of an entry covers the entry before it, and who did it, when and how. */
export const hashOfEntry = (previous: string, operation: Operation, entry: Entry): string =>
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
