import { and, asc, eq, getTableColumns, inArray } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { hasAnyOf } from '../../db/kit.ts'
import { journal, journalValues } from '../../db/schema/index.ts'
import type { JournalEntity } from '../../db/values.ts'
import { recordEntities } from '../../db/values.ts'
import { grouped } from '../grouped.ts'
import type { Change } from '../journal/entry.ts'
import type { Owner, OwnerRow } from '../journal/owners.ts'
import type { AnyKind } from './declaration.ts'
import { asOne } from './kind.ts'
import { referencesOf } from './refer.ts'

type Values = Record<string, unknown>
export interface StoredEntry {
  number: number
  entity: JournalEntity
  entityId: string
}
interface Told {
  number: number
  before: Values
  after: Values
}

interface OwnerField {
  field: string
  to: JournalEntity
}
const ownerFieldsOf = (kind: AnyKind): OwnerField[] =>
  referencesOf(kind).flatMap(({ field, refers }) => (refers.owns ? [{ field, to: refers.to }] : []))

const hasPage = (entity: JournalEntity) => (recordEntities as readonly JournalEntity[]).includes(entity)

/** Records without a page of their own are found by their owners alone. */
function ownersBy(fields: readonly OwnerField[], { entity, id }: Owner, states: readonly Values[]): Owner[] {
  const owners = new Map<string, Owner>()
  for (const { field, to } of fields)
    for (const { [field]: owner } of states)
      if (typeof owner === 'string') owners.set(`${to} ${owner}`, { entity: to, id: owner })
  if (!owners.size || hasPage(entity)) owners.set('itself', { entity, id })
  return [...owners.values()]
}

async function toldOf(tx: Reader, schoolId: number, { entity }: AnyKind, fields: OwnerField[], ids: string[]) {
  const names = fields.map(({ field }) => field)
  const entries = await tx
    .select({ number: journal.number, entityId: journal.entityId })
    .from(journal)
    .where(
      and(
        eq(journal.schoolId, schoolId),
        eq(journal.entity, entity),
        inArray(journal.entityId, ids),
        hasAnyOf(journal.fields, names),
      ),
    )
    .orderBy(asc(journal.number))
  const numbers = entries.map(({ number }) => number)
  const values = await tx
    .select({ number: journalValues.number, content: journalValues.content })
    .from(journalValues)
    .where(and(eq(journalValues.schoolId, schoolId), inArray(journalValues.number, numbers)))
  const contents = new Map(values.map(({ number, content }) => [number, JSON.parse(content) as Partial<Told>]))
  const told = entries.map(({ number, entityId }): Told & { entityId: string } => {
    const { before = {}, after = {} } = contents.get(number) ?? {}
    return { number, entityId, before, after }
  })
  return grouped(told, ({ entityId }) => entityId)
}

async function rowsOf(tx: Reader, schoolId: number, { table }: AnyKind, ids: string[]): Promise<Map<string, Values>> {
  const { schoolId: school, id } = asOne(table)
  const rows = await tx
    .select(getTableColumns(asOne(table)))
    .from(asOne(table))
    .where(and(eq(school, schoolId), inArray(id, ids)))
  return new Map(rows.map((row) => [row.id, row as Values]))
}

/** An entry up to this one says what the record held, else the next one, else the row. */
function statesAt(number: number, fields: OwnerField[], told: readonly Told[], row: Values): Values[] {
  const at = fields.map(({ field }) => {
    const earlier = told.findLast((one) => one.number <= number && field in one.after)
    const later = told.find((one) => one.number > number && field in one.before)
    return [field, earlier ? earlier.after[field] : later ? later.before[field] : row[field]] as const
  })
  const own = told.find((one) => one.number === number)
  return [Object.fromEntries(at), own?.before ?? {}]
}

async function ofKind(tx: Reader, schoolId: number, kind: AnyKind | undefined, entries: readonly StoredEntry[]) {
  const fields = kind ? ownerFieldsOf(kind) : []
  const ids = [...new Set(entries.map(({ entityId }) => entityId))]
  const isOwned = kind && fields.length > 0
  const told = isOwned ? await toldOf(tx, schoolId, kind, fields, ids) : new Map<string, Told[]>()
  const rows = isOwned ? await rowsOf(tx, schoolId, kind, ids) : new Map<string, Values>()
  return entries.flatMap(({ number, entity, entityId: id }): OwnerRow[] =>
    ownersBy(fields, { entity, id }, statesAt(number, fields, told.get(id) ?? [], rows.get(id) ?? {})).map((owner) => ({
      schoolId,
      ...owner,
      number,
    })),
  )
}

export function owningOf(kinds: Partial<Record<JournalEntity, AnyKind>>) {
  const fieldsOf = new Map(Object.values(kinds).map((kind) => [kind.entity, ownerFieldsOf(kind)]))
  const ownersOf = ({ entity, before = {} as Change['after'], after }: Change): Owner[] =>
    ownersBy(fieldsOf.get(entity) ?? [], { entity, id: String(after.id) }, [after, before])

  async function ownersOfStored(tx: Reader, schoolId: number, entries: readonly StoredEntry[]): Promise<OwnerRow[]> {
    const rows: OwnerRow[] = []
    for (const [entity, those] of grouped(entries, (entry) => entry.entity))
      rows.push(...(await ofKind(tx, schoolId, kinds[entity], those)))
    return rows
  }
  return { ownersOf, ownersOfStored }
}
