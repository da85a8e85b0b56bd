/** A valid row for any table of the schema, with the rows it points to: for tests that walk the whole schema. */
import type { Column } from 'drizzle-orm'
import { getTableColumns } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { isTable, newId, tableConfig } from '../../db/kit.ts'
import * as schema from '../../db/schema/index.ts'

export type Table = typeof schema.students
export type Row = Record<string, unknown>

export const tables = Object.values(schema).filter(isTable) as unknown as Table[]
export const configOf = (table: Table) => tableConfig(table)
export const columnsOf = (table: Table) => Object.entries(getTableColumns(table) as unknown as Record<string, Column>)
/** The key, in the schema, of a column of the database. */
export const keyOf = (table: Table, { name }: { name: string }) =>
  columnsOf(table).find(([, column]) => column.name === name)?.[0] ?? ''

export interface ForeignKey {
  name: string
  table: Table
  keys: string[]
  parent: Table
  parentKeys: string[]
}
export const foreignKeysOf = (table: Table): ForeignKey[] =>
  configOf(table).foreignKeys.map((key) => {
    const { columns, foreignTable, foreignColumns } = key.reference()
    const parent = foreignTable as unknown as Table
    const parentKeys = foreignColumns.map((column) => keyOf(parent, column))
    return { name: key.getName(), table, keys: columns.map((column) => keyOf(table, column)), parent, parentKeys }
  })

/** The one school every row belongs to. */
export const schoolId = 7

let last = 1_000
const known: Record<string, string> = {
  'academic_sessions.type': 'term',
  'programs.type': 'other',
  'enrollments.status': 'enrolled',
  'imports.state': 'ready',
  'import_sources.outcome': 'failed',
  'import_sources.reason': 'refused',
  'memberships.role': 'viewer',
  'backups.state': 'verified',
  'backfills.state': 'done',
  'journal.entity': 'student',
  'student_addresses.kind': 'local',
  'operations.way': 'cli',
  'register_journal.way': 'cli',
  'moves.verb': 'rehearse',
  'flags.mode': 'off',
  'webhooks.state': 'on',
  'deprecated_uses.sunset': '2026-01-01',
  'one_time_tokens.purpose': 'setup',
  'saved_views.place': 'students',
  'student_alerts.kind': 'medical',
  'student_guardians.relation': 'mother',
  'school_enrollments.fte': '1.000',
  'calendar_days.kind': 'holiday',
  'calendar_days.date': '2026-12-25',
  'calendar_days.membership': '1.000',
  'bell_times.startTime': '09:00',
  'bell_times.endTime': '10:00',
  'meetings.startTime': '09:00',
  'meetings.endTime': '10:00',
}

/** Columns of whole numbers that no other table has. */
const counts =
  /^instances\.(pid|schema)|^student_photos\.(width|height)$|^backups\.(size|copyMs|verifyMs|rehearsedMs)$|^backfills\.(rows|atSchool)|^journal_seals\.formerId$|^import_sources\.(done|failed)$|^procedure_minutes\.(?!instanceId|minuteAt|procedure$)|^usage_days\.(?!date$)|^flag_sides\.(?!key$|isOn$|periodAt$)|^deprecated_uses\.uses$|^moves\.pid$/

/** A value that no other row has, where the column leaves a choice. */
export function freshValue(table: Table, key: string): unknown {
  const n = ++last
  const { name } = configOf(table)
  const chosen = known[`${name}.${key}`]
  if (chosen) return chosen
  if (name === 'schools' && key === 'id') return n
  if (counts.test(`${name}.${key}`)) return n
  if (key === 'entityId') return String(n)
  if (name === 'installation' && key === 'id') return `i${n}`
  if (/(^id|Id|^owner|^inputSalt)$/.test(key) && key !== 'sourcedId') return newId()
  if (/(^date|Date|validFrom|validTo)$/.test(key)) return '2026-01-01'
  if (/(At|^at|windowStart|takenUntil)$/.test(key)) return new Date(0)
  if (/^(is|has|may|lives|includes)[A-Z]/.test(key)) return false
  if (name === 'instances' && key === 'version') return `v${n}`
  if (
    /^(version|hits|rows|weekday|position|priority|waitlistPosition)$/.test(key) ||
    (key === 'number' && name !== 'students')
  )
    return key === 'weekday' ? 1 : n
  if (key === 'percent') return 50
  if (/^(fields|found|people|roles|schools|entities)$/.test(key)) return []
  return `v${n}`
}

async function pointTo(tx: Transaction, row: Row, { keys, parent, parentKeys }: ForeignKey): Promise<void> {
  const target = await addRow(tx, parent)
  for (const [index, key] of keys.entries()) row[key] = target[parentKeys[index] ?? '']
}

/** Adds a row made of what is `given` and what the table asks for; `pointing` names foreign keys to fill beyond those. */
export async function addRow(
  tx: Transaction,
  table: Table,
  given: Row = {},
  pointing: readonly string[] = [],
): Promise<Row> {
  const columns = columnsOf(table)
  const row: Row = { ...given }
  if (columns.some(([key]) => key === 'schoolId') && !('schoolId' in row)) row.schoolId = schoolId
  for (const foreignKey of foreignKeysOf(table)) {
    const open = foreignKey.keys.filter((key) => !(key in row))
    const needed = columns.some(([key, column]) => open.includes(key) && column.notNull)
    if (needed || (open.length && pointing.includes(foreignKey.name))) await pointTo(tx, row, foreignKey)
  }
  for (const [key, column] of columns) {
    const needed = key === 'id' || (column.notNull && !column.hasDefault)
    if (needed && !(key in row)) row[key] = freshValue(table, key)
  }
  if (configOf(table).name === 'meetings') row.weekday ??= 1
  await tx.insert(table).values(row as never)
  return row
}

export const addSchool = (tx: Transaction) =>
  tx.insert(schema.schools).values({ id: schoolId, name: 'Any', slug: 'any', timeZone: 'UTC', locale: 'en' })
