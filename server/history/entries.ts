import { and, eq, inArray } from 'drizzle-orm'
import { journal, journalValues } from '../../db/schema/index.ts'
import type { HistoryEntity, JournalEntity } from '../../db/values.ts'
import type { Context } from '../context.ts'
import { declarationOf, namesOf } from '../kinds.ts'
import type { RecordName } from '../records/naming.ts'
import { seesField } from './visible.ts'

export type HistoryValue = string | number | boolean | null
export interface HistoryField {
  name: string
  before: HistoryValue
  after: HistoryValue
}
export interface HistoryEntry {
  number: number
  entity: HistoryEntity
  action: 'created' | 'changed' | 'archived' | 'restored' | 'erased'
  record: RecordName | null
  fields: HistoryField[]
  isErased: boolean
}

export const entryColumns = {
  number: journal.number,
  operationId: journal.operationId,
  entity: journal.entity,
  entityId: journal.entityId,
  version: journal.version,
  fields: journal.fields,
}
export interface EntryRow {
  number: number
  operationId: string
  entity: JournalEntity
  entityId: string
  version: number
  fields: string[]
}

type Values = Record<string, unknown>
interface Content {
  before?: Values
  after: Values
}

const pointsTo = (entity: JournalEntity, field: string): JournalEntity | undefined =>
  declarationOf(entity).fields[field]?.refers?.to

async function contentsAt({ db, school }: Context, numbers: number[]): Promise<Map<number, Content>> {
  const rows = await db
    .select({ number: journalValues.number, content: journalValues.content })
    .from(journalValues)
    .where(and(eq(journalValues.schoolId, school.id), inArray(journalValues.number, numbers)))
  return new Map(rows.map(({ number, content }) => [number, JSON.parse(content) as Content]))
}

function actionOf({ version, fields }: EntryRow, content: Content | undefined): HistoryEntry['action'] {
  if (fields.includes('erasedAt')) return 'erased'
  if (content ? !content.before : version === 1) return 'created'
  if (!content || !('archivedAt' in content.after)) return 'changed'
  return content.after.archivedAt ? 'archived' : 'restored'
}

const isSaid = (value: unknown) => value !== false && !(Array.isArray(value) && !value.length)

/** Of a new record, fields that its name already shows are left out. */
function shownFields({ actor }: Context, { entity, fields }: EntryRow, content: Content | undefined): string[] {
  // The entry of an erasure shows who and when, and no values.
  if (fields.includes('erasedAt')) return []
  const visible = fields.filter((field) => field !== 'archivedAt' && seesField(actor, entity, field))
  if (!content || content.before) return visible
  return visible.filter((name) => isSaid(content.after[name]) && !declarationOf(entity).naming?.fields.includes(name))
}

const isPlain = (value: unknown): value is HistoryValue => value === null || typeof value !== 'object'

/** Of a list in one field, each part's values beside each other. */
function told(value: unknown): HistoryValue {
  if (isPlain(value)) return value ?? null
  if (!Array.isArray(value)) return null
  return value.map((part: object) => Object.values(part).join(' ')).join(', ') || null
}

export async function describeEntries(ctx: Context, rows: readonly EntryRow[]): Promise<HistoryEntry[]> {
  if (!rows.length) return []
  const contents = await contentsAt(
    ctx,
    rows.map(({ number }) => number),
  )
  const described = rows.map((row) => {
    const content = contents.get(row.number)
    return { row, content, shown: shownFields(ctx, row, content) }
  })
  const pointed = described.flatMap(({ row, content, shown }) =>
    shown.flatMap((field) => {
      const entity = pointsTo(row.entity, field)
      const ids = [content?.before?.[field], content?.after[field]]
      return entity ? ids.flatMap((id) => (typeof id === 'string' ? { entity, entityId: id } : [])) : []
    }),
  )
  const names = await namesOf(ctx.db, ctx.school.id, [...rows, ...pointed])
  const named = (of: JournalEntity, field: string, value: unknown): HistoryValue => {
    const entity = pointsTo(of, field)
    if (entity && typeof value === 'string') return names.get(`${entity} ${value}`)?.name ?? null
    return told(value)
  }
  return described.map(({ row, content, shown }) => ({
    number: row.number,
    entity: row.entity as HistoryEntity,
    action: actionOf(row, content),
    record: names.get(`${row.entity} ${row.entityId}`) ?? null,
    fields: shown.map((name) => ({
      name,
      before: named(row.entity, name, content?.before?.[name]),
      after: named(row.entity, name, content?.after[name]),
    })),
    isErased: !content,
  }))
}
