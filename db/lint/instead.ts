import type { Names } from './rule.ts'

const step = 'npm run db:generate -- --name'
const custom = 'npm run db:generate -- --custom --name'

const camel = (name: string) => name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

export const contract = ({ table, column }: Names): string[] => {
  const what = column ? `${table}.${column}` : table
  return [
    `release 1: the code no longer reads or writes ${what}; the schema still has it`,
    `release 2, when no server of the release before runs: take it out of db/schema, ${step} drop_${column || table}`,
    `with "-- needs servers from: <the newest step of release 1>" at the top, so that it waits while an older server serves; where another column took its values over, "-- after backfill: <its name>"`,
    `and say so in both files: "-- lint allows ${column ? 'drop-column' : 'drop-table'} ${what}: <since when nobody reads it>" and "-- ${column ? 'values' : 'rows'} may go: ${what}"`,
  ]
}

export const expandInstead = ({ table, column, to }: Names): string[] => {
  const [from, into] = column ? [`${table}.${column}`, `${table}.${to}`] : [table, to]
  return [
    `release 1, expand: add ${into} beside ${from}; the code writes both and reads ${from}`,
    column
      ? `release 1, backfill: columnFill({ name: '${table}_${to}', … }) in server/backfills/declared.ts fills older rows where ${to} is null`
      : `release 1, backfill: a declaration in server/backfills/declared.ts copies older rows of ${table} into ${to}`,
    `release 2: the code reads ${into} and still writes both; release 3, contract: drop ${from}`,
    'what people read is in client/messages: a label changes without the schema',
  ]
}

export const fillThenRequire = ({ table, column, type }: Names): string[] => [
  'a constant default, where one is true of every older row, is one statement on both databases:',
  `  ALTER TABLE ${table} ADD COLUMN ${column} ${type || '<type>'} DEFAULT <constant> NOT NULL;`,
  `otherwise release 1, expand: without .notNull() in db/schema, ${step} add_${column}; the code writes it in every new row`,
  `  ALTER TABLE ${table} ADD COLUMN ${column} ${type || '<type>'};`,
  'release 1, backfill, in server/backfills/declared.ts: servers fill older rows in batches, beside the writes of people:',
  `  columnFill({ name: '${table}_${column}', since: '<number>_add_${column}', table: ${camel(table)}, columns: ['${camel(column)}'], isLeft: isNull(${camel(table)}.${camel(column)}), values: … })`,
  ...requireFilled({ table, column }),
]

export const requireFilled = ({ table, column }: Pick<Names, 'table' | 'column'>): string[] => [
  `release 2, contract, with .notNull() in db/schema; on PostgreSQL in two steps, so that no scan holds the lock: ${custom} ${column}_filled`,
  `both files of both steps begin with "-- after backfill: ${table}_${column}" and "-- needs servers from: <number>_add_${column}", and wait until that is so`,
  `  ALTER TABLE "${table}" ADD CONSTRAINT "${table}_${column}_filled" CHECK ("${column}" IS NOT NULL) NOT VALID;`,
  `  ALTER TABLE "${table}" VALIDATE CONSTRAINT "${table}_${column}_filled";`,
  `and in the step after it: ${step} require_${column}`,
  `  ALTER TABLE "${table}" ALTER COLUMN "${column}" SET NOT NULL;`,
  `  ALTER TABLE "${table}" DROP CONSTRAINT "${table}_${column}_filled";`,
  `on SQLite the file of the first of the two stays as it is made, empty; the second has: ALTER TABLE "${table}" ALTER COLUMN "${column}" SET NOT NULL;`,
]

export const concurrently = ({ table, name }: Names): string[] => [
  'outside a transaction: where the step has nothing else, its file for PostgreSQL begins with the line -- no-transaction and has',
  `  CREATE INDEX CONCURRENTLY "${name || '<name>'}" ON "${table}" (…);`,
  `otherwise move it into a step of its own: ${custom} ${name || 'index'}; the file for SQLite stays as it is`,
]

export const notValid = ({ table, name }: Names): string[] => [
  'PostgreSQL checks new rows at once and the older ones without blocking anybody:',
  `  ALTER TABLE "${table}" ADD CONSTRAINT "${name || '<name>'}" … NOT VALID;`,
  `  ALTER TABLE "${table}" VALIDATE CONSTRAINT "${name || '<name>'}";`,
]

export const uniqueByIndex = ({ table, name }: Names): string[] => [
  ...concurrently({ table, name: name || `${table}_uq`, column: '', to: '', type: '' }).map((line) =>
    line.replace('CREATE INDEX', 'CREATE UNIQUE INDEX'),
  ),
  'the index alone makes it unique: uniqueIndex(…) in db/schema',
]

export const inBatches = ({ table }: Names): string[] => [
  `the step only adds what is to be filled; a backfill in server/backfills/declared.ts fills ${table} in short transactions`,
  'a later step relies on it by the line "-- after backfill: <its name>" when nothing is left',
]

export const swapColumn = ({ table, column, type }: Names): string[] => [
  `release 1, expand: ALTER TABLE ${table} ADD COLUMN ${column}_new ${type || '<type>'}; the code writes both`,
  ...inBatches({ table, column, name: '', to: '', type: '' }),
  `release 2: the code reads ${column}_new; release 3, contract: drop ${column}`,
]

export const say =
  (...lines: string[]) =>
  () =>
    lines
