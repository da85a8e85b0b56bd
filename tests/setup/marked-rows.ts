/** Rows in which every text is a word that stands nowhere else, so that a leak is found by it. */
import type { Column } from 'drizzle-orm'
import { getTableColumns } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { newId, tableConfig } from '../../db/kit.ts'
import type * as schema from '../../db/schema/index.ts'
import type { JournalEntity } from '../../db/values.ts'
import type { School } from '../../server/context.ts'
import type { Change } from '../../server/journal/entry.ts'
import { allKinds } from '../../server/kinds.ts'
import type { RowOf } from '../../server/records/kind.ts'

/**
 * Whose a row is: `mine` of the class that the instructor teaches, `theirs` of another class or of none, `everybody` what
 * the whole school shares, or one person's own.
 */
export type Place = 'mine' | 'theirs' | 'everybody' | `person:${string}`
export interface MarkedRow {
  school: string
  table: string
  id: string
  place: Place
}
export interface Mark extends MarkedRow {
  column: string
  text: string
}
export const marks: Mark[] = []
export const rows: MarkedRow[] = []

type AnyTable = typeof schema.students
export type Fields = Record<string, unknown>

export const entities: Record<string, JournalEntity> = Object.fromEntries(
  allKinds.map(({ table, entity }) => [tableConfig(table).name, entity]),
)

function stores(column: Column, value: string): unknown {
  try {
    return column.mapToDriverValue(value)
  } catch {
    return undefined
  }
}
/** What a column takes: free text, an object of it, or something that can't be marked. */
function kindOf(table: AnyTable, column: Column): 'text' | 'json' | undefined {
  const { name, checks } = tableConfig(table)
  const isClosed = checks.some((check) => check.name === `${name}_${column.name}_known`)
  if (isClosed || column.columnType.includes('Boolean')) return undefined
  const stored = stores(column, 'x')
  return stored === 'x' ? 'text' : stored === '"x"' ? 'json' : undefined
}
const isDerived = (key: string) => ['sortName', 'searchText', 'numberOrder'].includes(key)
const shapes = new Map<AnyTable, ReturnType<typeof shapeOf>>()
function shapeOf(table: AnyTable) {
  const columns = Object.entries(getTableColumns(table) as unknown as Record<string, Column>)
  const { name } = tableConfig(table)
  const fields = columns.map(([key, column]) => ({
    key,
    kind: isDerived(key) ? undefined : kindOf(table, column),
    otherwise: column.default,
  }))
  return { name, fields, declared: allKinds.find((one) => one.table === table) }
}
/** It is made once: hundreds of rows are. */
function knownShape(table: AnyTable) {
  const shape = shapes.get(table) ?? shapeOf(table)
  shapes.set(table, shape)
  return shape
}

const byText = new Map<string, Mark>()
function keep(mark: Mark) {
  marks.push(mark)
  byText.set(mark.text, mark)
}
/** The marked values in a text, each once. */
export function found(text: string): Mark[] {
  const texts = text.toLowerCase().match(/qz\d+zq|\d{4}-\d\d-\d\d/g)
  return [...new Set(texts)].flatMap((one) => byText.get(one) ?? [])
}

export function mark(row: MarkedRow, column: string): string {
  const text = `qz${marks.length}zq`
  keep({ ...row, column, text })
  return column === 'email' ? `${text}@school.example` : text
}
/** Birth dates are marked by being nobody else's. */
function markedDate(row: MarkedRow): string {
  const text = new Date(Date.UTC(1931, 0, 1 + marks.length)).toISOString().slice(0, 10)
  keep({ ...row, column: 'birthDate', text })
  return text
}

/** Fills a school with rows, each text of them marked. */
export class Filling {
  readonly changes: Change[] = []
  private readonly rows = new Map<AnyTable, Fields[]>()
  readonly school: School
  constructor(school: School) {
    this.school = school
  }

  add(table: AnyTable | object, place: Place, given: Fields = {}): string {
    const of = table as AnyTable
    const { name, fields, declared } = knownShape(of)
    const row: Fields = { id: newId(), ...given }
    const marked = { school: this.school.name, table: name, id: String(row.id), place }
    for (const { key, kind, otherwise } of fields) {
      if (key in row) continue
      if (key === 'schoolId') row.schoolId = this.school.id
      else if (kind) row[key] = kind === 'text' ? mark(marked, key) : { other: mark(marked, key) }
      else if (otherwise !== undefined) row[key] = otherwise
    }
    if (name === 'students') row.birthDate = markedDate(marked)
    Object.assign(row, declared?.derive?.(row as RowOf<AnyTable>))
    const others = this.rows.get(of)
    if (others) others.push(row)
    else this.rows.set(of, [row])
    rows.push(marked)
    if (declared) this.changes.push({ entity: declared.entity, after: row as never })
    return marked.id
  }

  /** Stores what was added and is not stored yet, and tells of it as changes. */
  async store(tx: Transaction): Promise<Change[]> {
    await tx.insertAll(...this.rows)
    return this.changes
  }
}
