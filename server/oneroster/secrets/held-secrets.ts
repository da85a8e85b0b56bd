/** Imports of earlier versions kept some passwords: in columns of other names, beyond the header, or in a shifted cell. */
import { setImmediate as breathe } from 'node:timers/promises'
import { and, asc, eq, gt, gte, inArray, lte } from 'drizzle-orm'
import type { Reader } from '../../../db/database.ts'
import type { rooms } from '../../../db/schema/index.ts'
import { journal, journalValues } from '../../../db/schema/index.ts'
import { gradeLevels } from '../../../db/values.ts'
import type { RecordEntity } from '../../kinds.ts'
import { kinds } from '../../kinds.ts'
import { columnOf } from '../../records/kind.ts'
import { entities } from '../comparison/known.ts'
import { isSecretColumn } from '../read/secrets.ts'

export interface Asked {
  /** Columns of files, or fields: what they hold is forgotten too. */
  columns: readonly string[]
  /** Ids of records, as the files or the register have them. None means all. */
  of: readonly string[]
}

export interface Held {
  entity: RecordEntity
  column: string
  records: number
  entries: number
}
export interface Found {
  held: Held[]
  ids: Map<RecordEntity, Set<string>>
}

/** Columns of files with another name in the register. */
const fieldOf: Record<string, string> = {
  classCode: 'code',
  courseCode: 'code',
  grade: 'gradeLevel',
  grades: 'gradeLevel',
  identifier: 'number',
  preferredGivenName: 'preferredName',
  sms: 'otherPhone',
}
/** What an import writes as the file has it. The first ones can't be empty, so that only their history is forgotten. */
const required = ['givenName', 'familyName', 'title']
export const staysIn = ({ column, records }: Pick<Held, 'column' | 'records'>): boolean =>
  records > 0 && required.includes(fieldOf[column] ?? column)
const texts = [
  ...required,
  'code',
  'email',
  'gradeLevel',
  'middleName',
  'number',
  'otherPhone',
  'phone',
  'preferredName',
]

/** A value that is certainly no password stays. */
const isPlain = (field: string, text: string): boolean =>
  (field === 'gradeLevel' && (gradeLevels as readonly string[]).includes(text)) ||
  (/phone$/i.test(field) && /^[\d\s()+./-]+$/.test(text))

type Values = Record<string, unknown>
const extraOf = ({ extra }: Values) => (extra ?? {}) as Record<string, string>

export class Sought {
  readonly #columns: readonly string[]

  constructor({ columns }: Asked) {
    this.#columns = columns
  }

  #isOf(name: string): boolean {
    return this.#columns.includes(name) || isSecretColumn([name], 0) || /^column \d+$/.test(name)
  }

  #fieldsIn(values: Values): [column: string, field: string][] {
    return this.#columns
      .map((column): [string, string] => [column, fieldOf[column] ?? column])
      .filter(([, field]) => {
        const value = texts.includes(field) ? values[field] : undefined
        return typeof value === 'string' && value !== '' && !isPlain(field, value)
      })
  }

  columnsIn(values: Values): string[] {
    const kept = Object.keys(extraOf(values)).filter((name) => this.#isOf(name))
    return [...new Set([...kept, ...this.#fieldsIn(values).map(([column]) => column)])]
  }

  without(row: Values): Values {
    const extra = Object.entries(extraOf(row)).filter(([name]) => !this.#isOf(name))
    const emptied = this.#fieldsIn(row).filter(([, field]) => !required.includes(field))
    return {
      ...('extra' in row && { extra: Object.fromEntries(extra) }),
      ...Object.fromEntries(emptied.map(([, field]) => [field, null])),
    }
  }
}

const pageRows = 1_000

class Finding {
  readonly ids = new Map<RecordEntity, Set<string>>()
  readonly #held = new Map<string, Held>()
  readonly #sought: Sought

  constructor(asked: Asked) {
    this.#sought = new Sought(asked)
  }

  /** `sides` are what an entry tells of before and after. */
  add(entity: RecordEntity, id: string, counted: 'records' | 'entries', ...sides: Values[]): void {
    const columns = new Set(sides.flatMap((values) => this.#sought.columnsIn(values)))
    if (!columns.size) return
    const ids = this.ids.get(entity) ?? new Set()
    this.ids.set(entity, ids.add(id))
    for (const column of columns) {
      const key = `${entity} ${column}`
      const held = this.#held.get(key) ?? { entity, column, records: 0, entries: 0 }
      held[counted]++
      this.#held.set(key, held)
    }
  }

  get held(): Held[] {
    return [...this.#held.values()]
  }
}

async function* rowsOf(tx: Reader, schoolId: number, entity: RecordEntity) {
  const table = kinds[entity].table as typeof rooms
  for (let last = ''; ; await breathe()) {
    const rows = await tx
      .select()
      .from(table)
      .where(and(eq(table.schoolId, schoolId), last ? gt(table.id, last) : undefined))
      .orderBy(asc(table.id))
      .limit(pageRows)
    yield* rows as (Values & { id: string })[]
    if (rows.length < pageRows) return
    last = rows.at(-1)?.id ?? last
  }
}

interface Told {
  entity: RecordEntity
  id: string
  content: string
}
async function* entriesOf(tx: Reader, schoolId: number, kept: readonly RecordEntity[]): AsyncGenerator<Told> {
  for (let last = 0; ; await breathe()) {
    const values = await tx
      .select()
      .from(journalValues)
      .where(and(eq(journalValues.schoolId, schoolId), gt(journalValues.number, last)))
      .orderBy(asc(journalValues.number))
      .limit(pageRows)
    const [first, end] = [values[0]?.number, values.at(-1)?.number]
    if (first === undefined || end === undefined) return
    const about = await tx
      .select({ number: journal.number, entity: journal.entity, id: journal.entityId })
      .from(journal)
      .where(
        and(
          eq(journal.schoolId, schoolId),
          gte(journal.number, first),
          lte(journal.number, end),
          inArray(journal.entity, [...kept]),
        ),
      )
    const recordAt = new Map(about.map((entry) => [entry.number, entry]))
    for (const { number, content } of values) {
      const entry = recordAt.get(number)
      if (entry) yield { entity: entry.entity as RecordEntity, id: entry.id, content }
    }
    last = end
  }
}

/** What the records of a school and its journal hold. `tx` is a snapshot, or holds the school's lock. */
export async function heldSecrets(tx: Reader, schoolId: number, asked: Asked): Promise<Found> {
  const finding = new Finding(asked)
  const kept = entities.filter((entity) => columnOf(kinds[entity].table, 'extra'))
  const meant = new Set<string>()
  for (const entity of kept)
    for await (const row of rowsOf(tx, schoolId, entity)) {
      if (asked.of.length && !asked.of.includes(row.id) && !asked.of.includes(String(row.sourcedId))) continue
      if (asked.of.length) meant.add(row.id)
      finding.add(entity, row.id, 'records', row)
    }
  for await (const { entity, id, content } of entriesOf(tx, schoolId, kept)) {
    if (asked.of.length && !meant.has(id)) continue
    const { before = {}, after } = JSON.parse(content) as { before?: Values; after: Values }
    finding.add(entity, id, 'entries', before, after)
  }
  return { held: finding.held, ids: finding.ids }
}
