import type { Snapshot } from '../snapshot.ts'

export interface Statement {
  /** Without comments, quotes around names and line breaks; texts are emptied. */
  text: string
  /** From 1: where it begins. */
  line: number
}

/** `-- lint allows drop-column students.grade_level: nobody has read it since 0.9` */
export interface Exception {
  rule: string
  /** A table or `table.column`; without one it holds for the whole file. */
  target: string | undefined
  reason: string
  line: number
}

export interface Step {
  file: string
  dialect: 'sqlite' | 'postgresql'
  statements: Statement[]
  exceptions: Exception[]
  isCompatible: boolean
  isAfterBackfill: boolean
  isBare: boolean
  /** Such tables are empty, or no longer in use, while it runs. */
  made: Set<string>
  rebuilt: Set<string>
  earlier: readonly string[]
  before?: Snapshot | undefined
  after?: Snapshot | undefined
}

const breakpoint = '--> statement-breakpoint'
const exception = /^-- lint allows ([\w/-]+)(?: ([\w.]+))?(?:: *(.*))?$/

function plain(sql: string): string {
  return sql
    .replaceAll(/--[^\n]*/g, ' ')
    .replaceAll(/\/\*[\s\S]*?\*\//g, ' ')
    .replaceAll(/'(?:[^']|'')*'/g, "''")
    .replaceAll('"public".', '')
    .replaceAll(/[`"]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

function lineOf(content: string, at: number): number {
  const lead = /^(?:\s|--[^\n]*\n)*/.exec(content.slice(at))?.[0] ?? ''
  return content.slice(0, at + lead.length).split('\n').length
}

export function statementsOf(content: string): Statement[] {
  let at = 0
  return content.split(breakpoint).flatMap((part) => {
    const statement = { text: plain(part).replace(/;$/, ''), line: lineOf(content, at) }
    at += part.length + breakpoint.length
    return statement.text ? [statement] : []
  })
}

const exceptionsOf = (content: string): Exception[] =>
  content.split('\n').flatMap((text, index) => {
    const [found, rule = '', target, reason = ''] = exception.exec(text) ?? []
    return found ? [{ rule, target, reason: reason.trim(), line: index + 1 }] : []
  })

const tablesIn = (statements: readonly Statement[], form: RegExp) =>
  new Set(statements.flatMap(({ text }) => form.exec(text)?.[1] ?? []))

export interface StepFile {
  file: string
  dialect: Step['dialect']
  content: string
}

export function stepOf(
  { file, dialect, content }: StepFile,
  { earlier = [], before, after }: Partial<Pick<Step, 'earlier' | 'before' | 'after'>> = {},
): Step {
  const statements = statementsOf(content)
  return {
    file,
    dialect,
    statements,
    exceptions: exceptionsOf(content),
    isCompatible: /^-- compatible\b/m.test(content),
    isAfterBackfill: /^-- after backfill: \w+$/m.test(content),
    isBare: /^-- no-transaction$/m.test(content),
    made: tablesIn(statements, /^CREATE TABLE (?:IF NOT EXISTS )?(?!__new_)(\w+)/i),
    rebuilt: dialect === 'sqlite' ? tablesIn(statements, /^CREATE TABLE __new_(\w+)/i) : new Set(),
    earlier,
    before,
    after,
  }
}
