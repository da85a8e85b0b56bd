/** Writes the statements that take a generated step back, where each of its statements has an opposite. */
import type { Snapshot } from './snapshot.ts'
import { passesNull, tableNamed } from './snapshot.ts'

const name = '[`"](\\w+)[`"]'
const form = (text: string): RegExp => new RegExp(`^${text.replaceAll('<name>', name)}`, 'i')
const madeTable = form('CREATE TABLE <name>')
const madeIndex = form('CREATE (?:UNIQUE )?INDEX (?:CONCURRENTLY )?<name> ON <name>')
const addedColumn = form('ALTER TABLE <name> ADD COLUMN <name>')
const addedConstraint = form('ALTER TABLE <name> ADD CONSTRAINT <name>')
const droppedConstraint = form('ALTER TABLE <name> DROP CONSTRAINT <name>')
const validated = form('ALTER TABLE <name> VALIDATE CONSTRAINT <name>')

interface Opposite {
  statement?: string
  table: string
}

function checkAgain(before: Snapshot, isSqlite: boolean, table: string, constraint: string): Opposite | undefined {
  const { value } = tableNamed(before, table)?.checkConstraints[constraint] ?? {}
  if (!value) return undefined
  const check = isSqlite ? passesNull(value) : `CHECK (${value})`
  return { table, statement: `ALTER TABLE "${table}" ADD CONSTRAINT "${constraint}" ${check};` }
}

function oppositeOf(statement: string, before: Snapshot, isSqlite: boolean): Opposite | undefined {
  const named = (pattern: RegExp) => pattern.exec(statement)?.slice(1)
  const [made] = named(madeTable) ?? []
  if (made?.startsWith('__')) return undefined
  if (made) return { table: '', statement: `DROP TABLE "${made}";` }
  const [index, of = ''] = named(madeIndex) ?? []
  if (index) return { table: of, statement: `DROP INDEX "${index}";` }
  const [table = '', column] = named(addedColumn) ?? []
  if (column) return { table, statement: `ALTER TABLE "${table}" DROP COLUMN "${column}";` }
  const [owner = '', added] = named(addedConstraint) ?? []
  if (added) return { table: owner, statement: `ALTER TABLE "${owner}" DROP CONSTRAINT "${added}";` }
  const [holder = '', dropped] = named(droppedConstraint) ?? []
  if (dropped) return checkAgain(before, isSqlite, holder, dropped)
  return validated.test(statement) ? { table: '' } : undefined
}

/** Undefined where the step changes or drops what only its writer knows how to bring back. */
export function wayBack(statements: readonly string[], before: Snapshot, isSqlite: boolean): string[] | undefined {
  const made = new Set(statements.map((statement) => madeTable.exec(statement)?.[1]))
  const back: string[] = []
  for (const statement of statements.toReversed()) {
    const opposite = oppositeOf(statement, before, isSqlite)
    if (!opposite) return undefined
    if (opposite.statement && !made.has(opposite.table)) back.push(opposite.statement)
  }
  return back
}
