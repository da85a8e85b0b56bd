import { lasting } from './cost.ts'
import { contract, expandInstead } from './instead.ts'
import { knownToPostgres, postgresRules } from './postgres-rules.ts'
import type { Loss } from './rebuilds.ts'
import { lossesOf } from './rebuilds.ts'
import type { Names, Rule } from './rule.ts'
import { locks } from './rule.ts'
import { rulesForBoth } from './rules-for-both.ts'
import { knownToSqlite, sqliteRules } from './sqlite-rules.ts'
import type { Exception, Statement, Step } from './step.ts'

export interface Finding {
  file: string
  line: number
  rule: string
  what: string
  lock: string
  instead: readonly string[]
}
export interface Linted {
  findings: Finding[]
  exceptions: (Exception & { file: string })[]
  spokenOf: Statement[]
}
interface Hit extends Omit<Finding, 'file' | 'line'> {
  statement: Statement
  target: string
}

const rules = { sqlite: [...rulesForBoth, ...sqliteRules], postgresql: [...rulesForBoth, ...postgresRules] }
const known = { sqlite: knownToSqlite, postgresql: knownToPostgres }

function lockOf({ lock, work = 'moment' }: Rule, { dialect }: Step, { table }: Names): string {
  if (!lock) return 'none: the step is refused, or must not be written'
  return `${locks[dialect][lock]}; ${lasting(dialect, work, table)}`
}

function hitOf(rule: Rule, step: Step, statement: Statement): Hit[] {
  const found = rule.form.exec(statement.text)
  if (!found) return []
  const names: Names = { table: '', column: '', name: '', to: '', type: '', ...present(found.groups) }
  if (rule.unless?.(names, step, statement)) return []
  const target = names.column ? `${names.table}.${names.column}` : names.table
  return [
    {
      statement,
      target,
      rule: rule.name,
      what: rule.what(names),
      lock: lockOf(rule, step, names),
      instead: rule.instead(names),
    },
  ]
}

const present = (groups: Record<string, string | undefined> = {}) =>
  Object.fromEntries(Object.entries(groups).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])))

const whole = [
  'copy every column and every row, and make each index, trigger and constraint again: npm run db:generate writes it so',
]
const insteadOfLoss: Partial<Record<Loss['rule'], (names: Names) => string[]>> = {
  'rebuild-loses-values': contract,
  'rename-column': expandInstead,
}

function ofLoss({ statement, rule, what, target, to = '' }: Loss): Hit {
  const [table = '', column = ''] = target.split('.')
  const lock = `${locks.sqlite.all}; ${lasting('sqlite', 'rewrite', table)}`
  const instead = insteadOfLoss[rule]?.({ table, column, name: '', to, type: '' }) ?? whole
  return { statement, target, rule, what, lock, instead }
}

const unknown = (statement: Statement): Hit => ({
  statement,
  target: '',
  rule: 'unknown-statement',
  what: 'the lint does not know what this statement locks or loses',
  lock: 'unknown',
  instead: ['one of the known forms (CONTRIBUTING.md, docs/migrations.md); or a rule in db/lint/ that knows it'],
})

function hitsIn(step: Step): Hit[] {
  const losses = lossesOf(step).map(ofLoss)
  return step.statements.flatMap((statement) => {
    const hits = [
      ...rules[step.dialect].flatMap((rule) => hitOf(rule, step, statement)),
      ...losses.filter((loss) => loss.statement === statement),
    ]
    const ofNewTable = /^(?:ALTER TABLE|DELETE FROM|UPDATE) (\w+)/i.exec(statement.text)?.[1] ?? ''
    const isKnown = known[step.dialect].test(statement.text) || step.made.has(ofNewTable)
    return hits.length || isKnown ? hits : [unknown(statement)]
  })
}

const allows = ({ rule, target, reason }: Exception, hit: Pick<Hit, 'rule' | 'target'>) =>
  reason.length > 0 && rule === hit.rule && (target === undefined || target === hit.target)

function aboutExceptions({ file, exceptions }: Step, hits: readonly Hit[]): Finding[] {
  return exceptions.flatMap((exception) => {
    const { rule, line, reason } = exception
    if (rule.startsWith('squawk/') && reason) return []
    const why = !reason
      ? 'says no reason'
      : hits.some((hit) => allows(exception, hit))
        ? ''
        : 'allows what is not there'
    if (!why) return []
    return [
      {
        file,
        line,
        rule: 'exception',
        what: `the exception for ${rule} ${why}`,
        lock: 'none',
        instead: ['-- lint allows <rule> <table or table.column>: <why it is safe here>'],
      },
    ]
  })
}

export function lint(step: Step): Linted {
  const { file, exceptions } = step
  const hits = hitsIn(step)
  const findings = hits
    .filter((hit) => !exceptions.some((exception) => allows(exception, hit)))
    .map(({ statement: { line }, rule, what, lock, instead }): Finding => ({ file, line, rule, what, lock, instead }))
  return {
    findings: [...findings, ...aboutExceptions(step, hits)],
    exceptions: exceptions.map((exception) => ({ ...exception, file })),
    spokenOf: hits.map(({ statement }) => statement),
  }
}

export const told = ({ file, line, rule, what, lock, instead }: Finding): string =>
  [`${file}:${line} ${rule}: ${what}`, `  lock: ${lock}`, '  instead:', ...instead.map((text) => `    ${text}`)].join(
    '\n',
  )
