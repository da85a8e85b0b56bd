/** What pending steps would do: their statements, what these keep others from meanwhile, and how many rows they look at. */
import { isPostgres } from './dialect.ts'
import type { Migration } from './migration-files.ts'
import type { Waits } from './migration-run.ts'
import { validateStatement } from './validate-postgres.ts'

export interface PlannedStatement {
  sql: string
  table: string
  lock: string
  touches: string
  rows: number
}
export interface PlannedStep {
  name: string
  isCompatible: boolean
  isBare: boolean
  irreversible: string | null
  hasDown: boolean
  waits: string[]
  statements: PlannedStatement[]
}

type Touch = 'no row' | 'reads each row' | 'writes each row' | 'writes some rows' | 'adds rows' | 'removes each row'
type Form = [form: RegExp, lock: string, touch: Touch]

const table = '(?:"public"\\.)?[`"]?(\\w+)[`"]?'
const form = (text: string) => new RegExp(`^${text.replaceAll(' ', '\\s+').replaceAll('<t>', table)}`, 'i')

const free = 'nobody waits'
const writers = 'SHARE: writes of it wait'
const both = 'SHARE ROW EXCLUSIVE: writes of it, and of a table it refers to, wait'
const online = 'SHARE UPDATE EXCLUSIVE: reads and writes go on'
const all = 'ACCESS EXCLUSIVE: reads and writes of it wait'
const rowsOnly = 'ROW EXCLUSIVE: writes of the same rows wait'

/** The first that fits tells: postgresql.org/docs/current/explicit-locking.html. */
const forms: Form[] = [
  [/^CREATE TABLE()/i, free, 'no row'],
  [form('CREATE (?:UNIQUE )?INDEX CONCURRENTLY (?:IF NOT EXISTS )?\\S+ ON <t>'), online, 'reads each row'],
  [form('CREATE (?:UNIQUE )?INDEX (?:IF NOT EXISTS )?\\S+ ON <t>'), writers, 'reads each row'],
  [form('DROP INDEX CONCURRENTLY'), online, 'no row'],
  [form('ALTER TABLE <t> VALIDATE CONSTRAINT'), online, 'reads each row'],
  [form('ALTER TABLE <t> ADD CONSTRAINT \\S+ FOREIGN KEY(?=.*NOT VALID)'), both, 'no row'],
  [form('ALTER TABLE <t> ADD CONSTRAINT \\S+ FOREIGN KEY'), both, 'reads each row'],
  [form('ALTER TABLE <t> ADD CONSTRAINT(?=.*NOT VALID)'), all, 'no row'],
  [form('ALTER TABLE <t> ADD CONSTRAINT'), all, 'reads each row'],
  [form('ALTER TABLE <t> ALTER COLUMN \\S+ SET NOT NULL'), all, 'reads each row'],
  [form('ALTER TABLE <t> ALTER COLUMN \\S+ (?:SET DATA )?TYPE'), all, 'writes each row'],
  [form('ALTER TABLE <t>'), all, 'no row'],
  [form('DROP TABLE (?:IF EXISTS )?<t>'), all, 'removes each row'],
  [form('(?:UPDATE|DELETE FROM) <t>(?=.*\\bWHERE\\b)'), rowsOnly, 'writes some rows'],
  [form('UPDATE <t>'), rowsOnly, 'writes each row'],
  [form('DELETE FROM <t>'), rowsOnly, 'removes each row'],
  [form('INSERT INTO <t>'), rowsOnly, 'adds rows'],
  [/^()/, all, 'no row'],
]

const ofFile = 'writes of the whole register wait'

/** SQLite writes the table anew where a column goes. */
const rewrites = /^ALTER\s+TABLE\s+\S+\s+DROP\s+COLUMN/i

function meant(sql: string, isOnPostgres: boolean): Omit<PlannedStatement, 'rows'> {
  const flat = sql.replace(/\s+/g, ' ')
  const [found, lock, touch] = forms.find(([each]) => each.test(flat)) as Form
  const touches = !isOnPostgres && rewrites.test(flat) ? 'writes each row' : touch
  return { sql, table: found.exec(flat)?.[1] ?? '', lock: isOnPostgres ? lock : ofFile, touches }
}

export async function planOf(
  pending: readonly Migration[],
  { counts, waits = {} }: { counts(tables: readonly string[]): Promise<Map<string, number>>; waits?: Waits },
  isOnPostgres = isPostgres,
): Promise<PlannedStep[]> {
  const steps = pending.map((step) => {
    const validations = isOnPostgres ? step.validations.map(validateStatement) : []
    return { step, meant: [...step.statements, ...validations].map((sql) => meant(sql, isOnPostgres)) }
  })
  const tables = new Set(steps.flatMap(({ meant }) => meant.flatMap((each) => each.table || [])))
  const rows = tables.size ? await counts([...tables]) : new Map<string, number>()
  return steps.map(({ step, meant }) => ({
    name: step.name,
    isCompatible: step.isCompatible,
    isBare: isOnPostgres && (step.isBare ?? false),
    irreversible: step.irreversible ?? null,
    hasDown: step.down !== undefined,
    waits: waits[step.name] ?? [],
    statements: meant.map((each) => ({ ...each, rows: rows.get(each.table) ?? 0 })),
  }))
}

/** How a step is applied, who may start on it, and whether it can be taken back. */
export function sentenceOf({ isCompatible, isBare, irreversible, hasDown }: PlannedStep): string {
  const back = irreversible ? `can't be taken back: ${irreversible}` : hasDown ? 'can be taken back' : 'has no way back'
  const how = isBare ? 'statement by statement, outside a transaction' : 'in one transaction'
  return `${how}; ${isCompatible ? 'the version before may start on it' : 'only this version starts on it'}; ${back}`
}
