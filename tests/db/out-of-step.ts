/** Whether the schema, drizzle/sqlite and drizzle/postgresql say the same; each finding says which command mends it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { mended } from '../../db/mend-step.ts'
import type { ProjectCopy } from './project-copy.ts'

const dialects = { sqlite: 'file:./data/none.db', postgresql: 'postgres://not-connected' } as const
type Dialect = keyof typeof dialects
const generate = 'npm run db:generate -- --name <what-changed>'

interface Snapshot {
  tables: Record<
    string,
    {
      columns: Record<string, { notNull: boolean; primaryKey: boolean; default?: unknown }>
      indexes: Record<string, { columns: (string | { expression: string })[]; isUnique: boolean; where?: string }>
      foreignKeys: Record<
        string,
        { columnsFrom: string[]; tableTo: string; columnsTo: string[]; onDelete: string; onUpdate: string }
      >
      compositePrimaryKeys: Record<string, { columns: string[] }>
      checkConstraints: Record<string, unknown>
    }
  >
}
interface Journal {
  entries: { idx: number; tag: string }[]
}

const read = <T>(...path: string[]) => JSON.parse(readFileSync(join(...path), 'utf8')) as T
const stepsOf = (folder: string, dialect: Dialect) =>
  read<Journal>(folder, 'drizzle', dialect, 'meta/_journal.json').entries.map(({ tag }) => tag)

/** What a table is in both databases alike, one line for each part of it. */
function partsOf(folder: string, dialect: Dialect): string[] {
  const step = String(stepsOf(folder, dialect).length - 1).padStart(4, '0')
  const { tables } = read<Snapshot>(folder, 'drizzle', dialect, `meta/${step}_snapshot.json`)
  return Object.entries(tables).flatMap(([qualified, table]) => {
    const name = qualified.replace(/^public\./, '')
    const columns = Object.entries(table.columns).map(
      ([column, { notNull, primaryKey, default: fallback }]) =>
        `column ${name}.${column}${notNull ? ' not null' : ''}${primaryKey ? ' primary' : ''}${fallback === undefined ? '' : ' with default'}`,
    )
    const indexes = Object.entries(table.indexes).map(([index, { columns: of, isUnique, where }]) => {
      const parts = of.map((column) => (typeof column === 'string' ? column : column.expression))
      return `${isUnique ? 'unique ' : ''}index ${index} on ${name} (${parts})${where ? ' where' : ''}`
    })
    const references = Object.entries(table.foreignKeys).map(
      ([key, { columnsFrom, tableTo, columnsTo, onDelete, onUpdate }]) =>
        `reference ${key} on ${name} (${columnsFrom}) to ${tableTo} (${columnsTo}) on delete ${onDelete} on update ${onUpdate}`,
    )
    const keys = Object.values(table.compositePrimaryKeys).map(({ columns: of }) => `primary key of ${name} (${of})`)
    const checks = Object.keys(table.checkConstraints).map((check) => `check ${check} on ${name}`)
    return [`table ${name}`, ...columns, ...indexes, ...references, ...keys, ...checks]
  })
}

function differences(folder: string): string[] {
  const [sqlite, postgresql] = [stepsOf(folder, 'sqlite'), stepsOf(folder, 'postgresql')]
  const at = sqlite.length > postgresql.length ? sqlite : postgresql
  const first = at.findIndex((_, index) => sqlite[index] !== postgresql[index])
  if (first >= 0)
    return [
      `Step ${first} is ${sqlite[first] ?? 'missing'} in drizzle/sqlite and ${postgresql[first] ?? 'missing'} in drizzle/postgresql. npx drizzle-kit generate makes one of the two: remove the step that is not committed yet (its file, its snapshot and its line in meta/_journal.json), and run ${generate}`,
    ]
  const [lite, full] = [partsOf(folder, 'sqlite'), partsOf(folder, 'postgresql')]
  const only = (own: string[], other: string[], dialect: Dialect) =>
    own.filter((line) => !other.includes(line)).map((line) => `Only in drizzle/${dialect}: ${line}`)
  const found = [...only(lite, full, 'sqlite'), ...only(full, lite, 'postgresql')]
  return found.length
    ? [...found, `The two folders describe different tables: say it in db/schema, then run ${generate}`]
    : []
}

/** Steps from before drizzle-kit's were mended; they are applied, so they stay. */
const unmended = 6
const stepFile = (dialect: Dialect, tag: string) => `drizzle/${dialect}/${tag}.sql`

/** What no longer is as drizzle.config.ts leaves it, such as a step of a drizzle-kit that was run without it. */
function costly(folder: string, dialect: Dialect): string[] {
  const { entries } = read<Journal>(folder, 'drizzle', dialect, 'meta/_journal.json')
  return entries.slice(unmended).flatMap((entry) => {
    const file = stepFile(dialect, entry.tag)
    const step = readFileSync(join(folder, file), 'utf8')
    return mended(join(folder, 'drizzle'), dialect, entry) === step
      ? []
      : [`${file} rebuilds or locks a table without need: remove that step, and run ${generate}`]
  })
}

/** Which steps are declared compatible for one of the databases only. */
function half(folder: string): string[] {
  const isDeclared = (dialect: Dialect, tag: string) =>
    /^-- compatible\b/m.test(readFileSync(join(folder, stepFile(dialect, tag)), 'utf8'))
  const tags = stepsOf(folder, 'sqlite').filter((tag) => stepsOf(folder, 'postgresql').includes(tag))
  return tags
    .filter((tag) => isDeclared('sqlite', tag) !== isDeclared('postgresql', tag))
    .map((tag) => `${tag} is declared compatible for one database only: write or remove the line in both files`)
}

async function ungenerated(project: ProjectCopy, dialect: Dialect): Promise<string[]> {
  const files = () => readdirSync(join(project.folder, 'drizzle', dialect)).join()
  const before = files()
  const { status, output } = await project.kit(dialects[dialect], 'generate', '--name', 'unwritten')
  if (status === 0 && files() === before && output.includes('No schema changes')) return []
  return [`db/schema has changes that no step in drizzle/${dialect} makes: run ${generate}`]
}

/** What is out of step in the project; nothing when all is well. Changes the copy. */
export async function outOfStep(project: ProjectCopy): Promise<string[]> {
  const { folder } = project
  const found = [...differences(folder), ...costly(folder, 'sqlite'), ...costly(folder, 'postgresql'), ...half(folder)]
  const missing = await Promise.all([ungenerated(project, 'sqlite'), ungenerated(project, 'postgresql')])
  return [...found, ...missing.flat()]
}
