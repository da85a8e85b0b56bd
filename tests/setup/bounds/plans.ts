/** What SQLite says it will do for a statement: which tables of the school it goes through, and whether again and again. */
import type BetterSqlite from 'better-sqlite3'

interface Line {
  id: number
  parent: number
  detail: string
}
export interface Passes {
  /** Tables of which every row of the school is looked at. */
  whole: string[]
  /** The same, once for each row of something else: the step as SQLite tells it. */
  again: string[]
}

/** A school has tens of these, whatever its size. */
const small = new Set([
  '__drizzle_migrations',
  'academic_sessions',
  'api_tokens',
  'compatible_migrations',
  'departments',
  'import_results',
  'import_sources',
  'imports',
  'instances',
  'memberships',
  'migrations',
  'one_time_tokens',
  'presences',
  'programs',
  'rate_limits',
  'saved_views',
  'schools',
  'sessions',
  'users',
  'webhook_deliveries',
  'webhooks',
])

interface Step {
  detail: string
  table: string
  isWhole: boolean
  isOne: boolean
}

/** `tables` has the names of tables, and of each index the table it belongs to. */
function stepOf(detail: string, tables: ReadonlyMap<string, string>): Step | undefined {
  const [, way, name = ''] = /^(SCAN|SEARCH) (\S+)/.exec(detail) ?? []
  if (!way) return undefined
  const [, index = ''] = / USING (?:COVERING )?INDEX (\S+)/.exec(detail) ?? []
  const table = tables.get(index) ?? tables.get(name)
  if (!table) return undefined
  const [, used = ''] = /\((.*)\)/.exec(detail) ?? []
  const isWhole = way === 'SCAN' || detail.includes(' AUTOMATIC ') || used === 'school_id=?'
  return { detail, table, isWhole, isOne: /\bid=\?/.test(used.replace(/\w+_id=\?/g, '')) }
}

const isRepeated = (byId: ReadonlyMap<number, Line>, { parent }: Line): boolean => {
  const above = byId.get(parent)
  return above !== undefined && (above.detail.startsWith('CORRELATED') || isRepeated(byId, above))
}

export function tablesOf(client: BetterSqlite.Database): Map<string, string> {
  const rows = client.prepare("select name, tbl_name from sqlite_schema where type in ('table', 'index')").raw().all()
  return new Map(rows as [string, string][])
}

/** A page comes in the order of an index, and ends with its last row. */
function isPage(source: string, siblings: readonly Line[], above: Line | undefined): boolean {
  if (siblings.some(({ detail }) => detail.startsWith('USE TEMP B-TREE'))) return false
  return above ? above.detail.startsWith('SCALAR') && source.includes('limit 1)') : / limit \?\s*$/.test(source)
}

export function passesOf(source: string, lines: readonly Line[], tables: ReadonlyMap<string, string>): Passes {
  const byId = new Map(lines.map((line) => [line.id, line]))
  const passes: Passes = { whole: [], again: [] }
  for (const line of lines) {
    const step = stepOf(line.detail, tables)
    if (!step?.isWhole || small.has(step.table)) continue
    const siblings = lines.filter(({ parent }) => parent === line.parent)
    const before = siblings.slice(0, siblings.indexOf(line)).map(({ detail }) => stepOf(detail, tables))
    const isInner = before.some((one) => one && !one.isOne && !one.detail.includes(' EXISTS '))
    if (isInner || isRepeated(byId, line)) passes.again.push(`${step.table}: ${step.detail}`)
    else if (!isPage(source, siblings, byId.get(line.parent))) passes.whole.push(step.table)
  }
  return passes
}
