/** drizzle-kit rebuilds a table for each CHECK or reference that changes; SQLite and our runner change those in place. */
import { isDeepStrictEqual } from 'node:util'
import { mendedRequired, toEdit } from './mend-required.ts'
import type { Change, Snapshot, SnapshotColumn, SnapshotReference, SnapshotTable, TableChange } from './snapshot.ts'
import { canBeAdded, passesNull, tableChange, tableNamed } from './snapshot.ts'

const quoted = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(',')

const canComeInPlace = (column: SnapshotColumn) => canBeAdded(column) || canBeAdded({ ...column, notNull: false })

/** SQLite changes in place whether a column may be empty. */
const isOnlyRequired = (before: SnapshotColumn, after: SnapshotColumn) =>
  !before.primaryKey && isDeepStrictEqual({ ...before, notNull: after.notNull }, after)

const requiredIn = ({ dropped, added }: Change<SnapshotColumn>) =>
  added.filter((after) => dropped.some((before) => isOnlyRequired(before, after)))

function needsRebuild({ columns, references, keepsKeys }: TableChange): boolean {
  const required = requiredIn(columns)
  const others = columns.added.filter((column) => !required.includes(column))
  return (
    !keepsKeys ||
    columns.dropped.length > required.length ||
    references.dropped.length > 0 ||
    !others.every(canComeInPlace)
  )
}

const isRenamed = ({ _meta }: Snapshot, table: string) =>
  Object.values(_meta.tables).includes(`"${table}"`) ||
  Object.keys(_meta.columns).some((column) => column.startsWith(`"${table}".`))

function reference({ name, tableTo, columnsFrom, columnsTo, onUpdate, onDelete }: SnapshotReference): string {
  const actions = `${onUpdate ? ` ON UPDATE ${onUpdate}` : ''}${onDelete ? ` ON DELETE ${onDelete}` : ''}`
  return `CONSTRAINT "${name}" FOREIGN KEY (${quoted(columnsFrom)}) REFERENCES \`${tableTo}\`(${quoted(columnsTo)})${actions}`
}

function cheapStatements(table: string, change: TableChange, created: readonly string[]): string[] {
  const alter = (what: string) => `ALTER TABLE \`${table}\` ${what};`
  const { columns, checks, references, indexes } = change
  const isNew = ({ name }: SnapshotColumn) => !columns.dropped.some((column) => column.name === name)
  return [
    ...checks.dropped.map(({ name }) => alter(`DROP CONSTRAINT "${name}"`)),
    ...indexes.dropped.map(({ name }) => `DROP INDEX \`${name}\`;`),
    ...requiredIn(columns).map(({ name, notNull }) =>
      alter(`ALTER COLUMN \`${name}\` ${notNull ? 'SET' : 'DROP'} NOT NULL`),
    ),
    ...columns.added
      .filter(isNew)
      .map(({ name, type, default: fallback, notNull }) =>
        alter(
          `ADD COLUMN \`${name}\` ${type}${fallback === undefined ? '' : ` DEFAULT ${fallback}`}${notNull ? ' NOT NULL' : ''}`,
        ),
      ),
    ...checks.added.map(({ name, value }) => alter(`ADD CONSTRAINT "${name}" ${passesNull(value)}`)),
    ...references.added.map((each) => alter(`ADD ${reference(each)}`)),
    ...indexes.added.flatMap(({ name }) => created.filter((statement) => statement.includes(` INDEX \`${name}\` ON `))),
  ]
}

function cheapChange(table: string, before: Snapshot, after: Snapshot): TableChange | undefined {
  const [had, has] = [tableNamed(before, table), tableNamed(after, table)]
  if (!had || !has || isRenamed(after, table)) return undefined
  const change = tableChange(had, has)
  return needsRebuild(change) ? undefined : change
}

function withoutRebuild(statements: readonly string[], table: string, change: TableChange): string[] {
  const creation = `CREATE TABLE \`__new_${table}\` (`
  const rest = [`INSERT INTO \`__new_${table}\`(`, `DROP TABLE \`${table}\``, `ALTER TABLE \`__new_${table}\` `]
  const isIndex = (statement: string) =>
    /^CREATE (UNIQUE )?INDEX/.test(statement) && statement.includes(` ON \`${table}\` `)
  const created = statements.filter(isIndex)
  return statements.flatMap((statement) => {
    if (statement.startsWith(creation)) return cheapStatements(table, change, created)
    return isIndex(statement) || rest.some((part) => statement.startsWith(part)) ? [] : [statement]
  })
}

function sourceOf(column: string, had: SnapshotTable, table: string, after: Snapshot, statements: readonly string[]) {
  const [from] = Object.entries(after._meta.columns).find(([, to]) => to === `"${table}"."${column}"`) ?? []
  if (!from) return column in had.columns ? column : undefined
  const isRenamedBefore = statements.some((statement) =>
    new RegExp(`^ALTER TABLE \`${table}\` RENAME COLUMN .* TO [\`"]${column}[\`"];`).test(statement),
  )
  return isRenamedBefore ? column : from.split('.').at(-1)?.replaceAll('"', '')
}

function mustBeFilled(after: Snapshot, table: string, column: string): boolean {
  const added = tableNamed(after, table)?.columns[column]
  return added?.notNull === true && added.default === undefined && !added.generated
}

const filling = /^INSERT INTO `__new_(\w+)`\(([^)]*)\) SELECT [^;]*? FROM `\1`;/

/** A rebuilt table keeps the values of renamed columns; a new column takes its default. */
function filledFromOld(statement: string, statements: readonly string[], before: Snapshot, after: Snapshot): string {
  const [, table = '', list = ''] = filling.exec(statement) ?? []
  if (!table) return statement
  const [from = `"${table}"`] = Object.entries(after._meta.tables).find(([, to]) => to === `"${table}"`) ?? []
  const had = tableNamed(before, from.replaceAll('"', ''))
  if (!had) return statement
  const pairs = list.split(', ').flatMap((name) => {
    const column = name.replaceAll('"', '')
    const source = sourceOf(column, had, table, after, statements)
    if (source) return [{ column: `"${column}"`, source: `"${source}"` }]
    return mustBeFilled(after, table, column) ? [{ column: `"${column}"`, source: toEdit }] : []
  })
  const [columns, sources] = [pairs.map(({ column }) => column), pairs.map(({ source }) => source)]
  return `INSERT INTO \`__new_${table}\`(${columns.join(', ')}) SELECT ${sources.join(', ')} FROM \`${table}\`;`
}

export function mendedForSqlite(statements: readonly string[], before: Snapshot, after: Snapshot): string[] {
  let mended = [...statements]
  for (const statement of statements) {
    const [, table] = /^CREATE TABLE `__new_(\w+)`/.exec(statement) ?? []
    const change = table && cheapChange(table, before, after)
    if (change) mended = withoutRebuild(mended, table, change)
  }
  const isRebuilding = mended.some((statement) => statement.startsWith('CREATE TABLE `__new_'))
  if (!isRebuilding) mended = mended.filter((statement) => !statement.startsWith('PRAGMA foreign_keys='))
  return mendedRequired(mended.map((statement) => filledFromOld(statement, mended, before, after)))
}
