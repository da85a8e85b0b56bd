import type { Column } from 'drizzle-orm'
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import type { Reason } from '../errors.ts'
import { DomainError } from '../errors.ts'
import { inBatches } from '../journal/bulk.ts'
import type { FieldsOf, KindCore, RecordTable } from './kind.ts'
import { asOne, columnOf } from './kind.ts'
import type { WritableKind } from './refer.ts'
import { referencesOf } from './refer.ts'

export interface ItemIssue {
  path: string
  code: string
}
/** Nothing was changed unless every outcome is `ok`. `index` is the place in the request. */
export interface Outcome {
  index: number
  id?: string | undefined
  ok: boolean
  version?: number | undefined
  reason?: Reason | undefined
  field?: string | undefined
  details?: object | undefined
  issues?: ItemIssue[] | undefined
}

const toldAtMost = 1_000

export class Refusals {
  readonly #count: number
  readonly #refused = new Map<number, Outcome>()

  constructor(count: number) {
    this.#count = count
  }

  add(index: number, refusal: Partial<Outcome>): void {
    const before = this.#refused.get(index)
    if (!before) this.#refused.set(index, { index, ok: false, ...refusal })
    else if (refusal.issues) before.issues = [...(before.issues ?? []), ...refusal.issues]
  }

  /** Takes a DomainError of `look` as the reason, so `look` must not write. */
  async gather(index: number, look: () => Promise<void>): Promise<void> {
    try {
      await look()
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      this.add(index, { reason: error.reason, details: error.details })
    }
  }

  /** Throws `many.refused` with all outcomes, or of a long request with the first refused ones. */
  throwIfAny(idOf: (index: number) => string | undefined = () => undefined): void {
    if (!this.#refused.size) return
    const refused = [...this.#refused.values()].toSorted((a, b) => a.index - b.index)
    const all = Array.from({ length: this.#count }, (_, index) => this.#refused.get(index) ?? { index, ok: true })
    const told = this.#count > toldAtMost ? refused.slice(0, toldAtMost) : all
    const outcomes = told.map((outcome) => ({ ...outcome, id: outcome.id ?? idOf(outcome.index) }))
    throw new DomainError('many.refused', { refused: refused.length, outcomes })
  }
}

export async function takenAmong(
  tx: Reader,
  table: RecordTable,
  column: Column,
  schoolId: number,
  values: readonly string[],
): Promise<Set<string>> {
  const taken = new Set<string>()
  for (const batch of inBatches(new Set(values))) {
    const rows = await tx
      .select({ value: sql<string>`${column}` })
      .from(asOne(table))
      .where(and(eq(asOne(table).schoolId, schoolId), isNull(asOne(table).archivedAt), inArray(column, batch)))
    for (const { value } of rows) taken.add(value)
  }
  return taken
}

type Named<T extends RecordTable> = readonly (FieldsOf<T> | undefined)[]
const texts = (items: readonly (object | undefined)[], field: string) =>
  items.map((item) => (item as Record<string, string | null | undefined> | undefined)?.[field])
const present = (values: (string | null | undefined)[]) => values.flatMap((value) => value ?? [])

/** The first of several items keeps a unique value, unless a record of the school has it. */
export async function refuseTaken<T extends RecordTable>(
  tx: Reader,
  { table, unique }: KindCore<T>,
  schoolId: number,
  items: Named<T>,
  refusals: Refusals,
): Promise<void> {
  if (!unique) return
  const { field, taken: reason } = unique
  const values = texts(items, field)
  const column = columnOf(table, field)
  const taken = await takenAmong(tx, table, column, schoolId, present(values))
  for (const [index, value] of values.entries()) {
    if (!value) continue
    if (taken.has(value)) refusals.add(index, { reason, field })
    taken.add(value)
  }
}

export async function refuseUnknown<T extends RecordTable>(
  tx: Reader,
  kind: WritableKind<T>,
  schoolId: number,
  items: Named<T>,
  refusals: Refusals,
): Promise<void> {
  for (const { field, table, notFound: reason } of referencesOf(kind)) {
    const values = texts(items, field)
    const known = await takenAmong(tx, table, asOne(table).id, schoolId, present(values))
    for (const [index, value] of values.entries())
      if (value && !known.has(value)) refusals.add(index, { reason, field })
  }
}
