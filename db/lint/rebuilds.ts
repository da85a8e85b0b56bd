import type { Snapshot, SnapshotTable } from '../snapshot.ts'
import { tableNamed } from '../snapshot.ts'
import type { Statement, Step } from './step.ts'

export interface Loss {
  statement: Statement
  rule:
    | 'rebuild-loses-rows'
    | 'rebuild-loses-values'
    | 'rebuild-loses-parts'
    | 'rebuild-reads-new-column'
    | 'rename-column'
  what: string
  target: string
  to?: string
}

const filling = (table: string) =>
  new RegExp(`^INSERT (?:OR \\w+ )?INTO __new_${table} ?\\(([^)]*)\\) SELECT (.*?) FROM (\\w+)(.*)$`, 'i')
const listed = (list: string) => list.split(/,(?![^(]*\))/).map((part) => part.trim())
const isName = (part: string) => /^\w+$/.test(part)

/** The names of the columns that the step itself has renamed before, by what they are called in the snapshot. */
const renamedIn = (step: Step, table: string) =>
  new Map(
    step.statements.flatMap(({ text }) => {
      const [, of, from = '', to = ''] = /^ALTER TABLE (\w+) RENAME (?:COLUMN )?(\w+) TO (\w+)$/i.exec(text) ?? []
      return of === table ? [[to, from] as const] : []
    }),
  )

function oldTable({ statements, before }: Step, table: string) {
  const renaming = /^ALTER TABLE (?!__new_)(\w+) RENAME TO (\w+)/i
  const from = statements.flatMap(({ text }) => {
    const [, old = '', to] = renaming.exec(text) ?? []
    return to === table ? [old] : []
  })
  return before && tableNamed(before, from[0] ?? table)
}

function lossesOfRows(step: Step, table: string, creation: Statement): Loss[] {
  const found = (what: string, statement = creation): Loss => ({
    statement,
    rule: 'rebuild-loses-rows',
    what,
    target: table,
  })
  const fill = step.statements.find(({ text }) => text.includes(`INTO __new_${table}`))
  if (!fill) return [found(`nothing copies the rows of ${table} into its new form`)]
  const [matched, , sources = '', from, rest = ''] = filling(table).exec(fill.text) ?? []
  if (!matched || from !== table)
    return [found(`the new form of ${table} is not filled from ${table} column by column`, fill)]
  const isRenamed = step.statements.some(
    ({ text }) => text.toLowerCase() === `alter table __new_${table} rename to ${table}`.toLowerCase(),
  )
  return [
    ...(rest.trim() ? [found(`only some rows of ${table} are copied: "${rest.trim()}"`, fill)] : []),
    ...(/^DISTINCT\b/i.test(sources) ? [found(`rows of ${table} that are alike become one`, fill)] : []),
    ...(isRenamed ? [] : [found(`the new form of ${table} never gets its name`)]),
  ]
}

interface Filling {
  statement: Statement
  had: SnapshotTable
  into: string[]
  sources: string[]
}

function fillingOf(step: Step, table: string): Filling | undefined {
  const had = oldTable(step, table)
  const statement = step.statements.find(({ text }) => filling(table).test(text))
  if (!had || !statement) return undefined
  const [, into = '', sources = ''] = filling(table).exec(statement.text) ?? []
  return { statement, had, into: listed(into), sources: listed(sources) }
}

function unreadColumns({ sources, had }: Filling, renamed: Map<string, string>): string[] {
  const nowNamed = (column: string) => [...renamed].find(([, from]) => from === column)?.[0] ?? column
  return Object.keys(had.columns).filter(
    (column) => !sources.some((part) => new RegExp(`(?<!\\w)${nowNamed(column)}(?!\\w)`).test(part)),
  )
}

const constant = /^(?:null|true|false|\d+|EDIT_ME)$/i
const newColumns = ({ sources, had }: Filling, renamed: Map<string, string>): string[] =>
  sources.filter((part) => isName(part) && !constant.test(part) && !((renamed.get(part) ?? part) in had.columns))

const renamesIn = ({ into, sources, had }: Filling): { from: string; to: string }[] =>
  into.flatMap((to, index) => {
    const from = sources[index] ?? ''
    return from !== to && from in had.columns ? [{ from, to }] : []
  })

function lossesOfValues(step: Step, table: string): Loss[] {
  const filled = fillingOf(step, table)
  if (!filled) return []
  const { statement } = filled
  const renamed = renamedIn(step, table)
  const loss = (rule: Loss['rule'], column: string, what: string, to = ''): Loss => ({
    statement,
    rule,
    what,
    target: `${table}.${column}`,
    to,
  })
  return [
    ...unreadColumns(filled, renamed).map((column) =>
      loss('rebuild-loses-values', column, `nothing takes over what is in ${table}.${column}`),
    ),
    ...renamesIn(filled).map(({ from, to }) =>
      loss('rename-column', from, `${table}.${from} becomes ${to}, and every query of the release before fails`, to),
    ),
    ...newColumns(filled, renamed).map((column) =>
      loss(
        'rebuild-reads-new-column',
        column,
        `${table} has no column ${column} yet: the step fails, or fills it with that word`,
      ),
    ),
  ]
}

function partsToKeep(step: Step, table: string): string[] {
  const triggers = step.earlier.flatMap(
    (text) => new RegExp(`^CREATE TRIGGER (\\w+) .* ON ${table}\\b`, 'i').exec(text)?.[1] ?? [],
  )
  const still: Snapshot | undefined = step.after ?? step.before
  const has = still && tableNamed(still, table)
  return [...triggers, ...Object.keys(has?.indexes ?? {}), ...Object.keys(has?.checkConstraints ?? {})]
}

function lossesOfParts(step: Step, table: string, creation: Statement): Loss[] {
  const after = step.statements.map(({ text }) => text).join('\n')
  const isThere = (name: string) => new RegExp(`(?:INDEX|TRIGGER|CONSTRAINT) ${name}\\b`, 'i').test(after)
  const lost = partsToKeep(step, table).filter((name) => !isThere(name))
  const references = step.after && Object.values(tableNamed(step.after, table)?.foreignKeys ?? {})
  const kept = creation.text.match(/FOREIGN KEY ?\(/gi)?.length ?? 0
  const inline = creation.text.match(/ REFERENCES /gi)?.length ?? 0
  const dropped = references && Math.max(kept, inline) < references.length ? ['a reference'] : []
  return [...lost, ...dropped].map(
    (name): Loss => ({
      statement: creation,
      rule: 'rebuild-loses-parts',
      what: `DROP TABLE ${table} takes ${name} with it, and nothing makes it again`,
      target: table,
    }),
  )
}

export function lossesOf(step: Step): Loss[] {
  return [...step.rebuilt].flatMap((table) => {
    const creation = step.statements.find(({ text }) => new RegExp(`^CREATE TABLE __new_${table}\\b`, 'i').test(text))
    if (!creation) return []
    return [
      ...lossesOfRows(step, table, creation),
      ...lossesOfValues(step, table),
      ...lossesOfParts(step, table, creation),
    ]
  })
}
