import { duration, isLarge } from './cost.ts'
import { fillThenRequire, requireFilled, say } from './instead.ts'
import type { Rule } from './rule.ts'
import { alter, isNew } from './rule.ts'

const on = 'sqlite' as const
/** In s. Other writers wait for 5 s, then they are refused. */
const longest = 1

const ofTables: Rule[] = [
  {
    name: 'large-rebuild',
    on,
    form: /^CREATE TABLE __new_(?<table>\w+)/i,
    unless: ({ table }) => !isLarge(table),
    what: ({ table }) => `${table} is copied row by row, after a copy of the whole file`,
    lock: 'all',
    work: 'rewrite',
    instead: ({ table }) => [
      `a new column beside the old one needs no rebuild: expand, fill it in batches, contract in a later release`,
      `SQLite changes these in place: ALTER TABLE ${table} ALTER COLUMN … SET NOT NULL or DROP NOT NULL, ADD and DROP CONSTRAINT, RENAME COLUMN`,
    ],
  },
  {
    name: 'long-index',
    on,
    form: /^CREATE (?:UNIQUE )?INDEX (?<name>\w+) ON (?<table>\w+)/i,
    unless: (names, step) =>
      isNew(names, step) || step.rebuilt.has(names.table) || duration('sqlite', 'index', names.table) <= longest,
    what: ({ table, name }) => `nobody writes anything while ${name} is built over ${table}`,
    lock: 'all',
    work: 'index',
    instead: say(
      'a register with that many rows lies on PostgreSQL: say so',
      '  -- lint allows long-index <table>: <why>',
    ),
  },
  {
    name: 'table-from-query',
    on,
    form: /^CREATE (?:TEMP )?TABLE (?<table>\w+) AS\b/i,
    what: ({ table }) => `${table} would have no key, no constraint and no types`,
    instead: say('CREATE TABLE with its columns, then INSERT INTO … SELECT'),
  },
  {
    name: 'not-a-table',
    on,
    form: /^CREATE (?:VIRTUAL TABLE|VIEW|TEMP) ?(?<table>\w+)?/i,
    what: () => 'PostgreSQL does not have it, and a rebuild does not see it',
    instead: say('a table of db/schema, which both databases have'),
  },
]

const ofColumns: Rule[] = [
  {
    name: 'changing-default',
    on,
    form: alter('ADD (?:COLUMN )?(?<column>\\w+) (?<type>\\w+).* DEFAULT (?:\\(|CURRENT_)'),
    unless: isNew,
    what: ({ table, column }) => `SQLite refuses ${column}, whose default is no constant, where ${table} has a row`,
    instead: fillThenRequire,
  },
  {
    name: 'set-not-null',
    on,
    form: alter('ALTER (?:COLUMN )?(?<column>\\w+) SET NOT NULL'),
    unless: ({ table }, { earlier, statements, isAfterBackfill }) =>
      isAfterBackfill ||
      [...earlier, ...statements.map(({ text }) => text)].some((text) => text.startsWith(`UPDATE ${table} `)) ||
      !isLarge(table),
    what: ({ table, column }) => `nothing has filled ${table}.${column}: one empty value stops the step`,
    lock: 'all',
    work: 'scan',
    instead: requireFilled,
  },
  {
    name: 'check-refuses-null',
    on,
    form: alter('ADD CONSTRAINT (?<name>\\w+) CHECK ?\\((?!.*IS NOT FALSE\\)$)(?!\\(?\\w+ IS NOT NULL)'),
    unless: isNew,
    what: ({ table, name }) => `SQLite's ADD CONSTRAINT refuses rows of ${table} for which ${name} is null`,
    lock: 'all',
    work: 'scan',
    instead: ({ table, name }) => [`  ALTER TABLE ${table} ADD CONSTRAINT "${name}" CHECK((…) IS NOT FALSE);`],
  },
]

const ofFiles: Rule[] = [
  {
    name: 'replace',
    on,
    form: /^(?:REPLACE INTO|(?:INSERT|UPDATE) OR (?:REPLACE|IGNORE|ROLLBACK|FAIL)(?: INTO)?) (?<table>\w+)|ON CONFLICT (?:REPLACE|IGNORE)/i,
    what: ({ table }) =>
      `rows ${table ? `of ${table} ` : ''}that meet another by a unique key go without a word, past every reference`,
    lock: 'all',
    work: 'update',
    instead: say('INSERT INTO … SELECT … WHERE NOT EXISTS (…): what meets another stops the step'),
  },
  {
    name: 'pragma',
    on,
    form: /^PRAGMA (?!foreign_keys ?= ?(?:ON|OFF)$)(?<name>\w+)/i,
    what: ({ name }) => `PRAGMA ${name} changes the file or the connection behind the runner's back`,
    instead: say('leave it out: db/sqlite-session.ts sets what each connection needs'),
  },
  {
    name: 'rebuild-in-place',
    on,
    form: /^(?:VACUUM|REINDEX|ANALYZE)\b/i,
    what: () =>
      'the whole file is read or written anew, which SQLite refuses inside the transaction or makes all wait for',
    lock: 'all',
    work: 'moment',
    instead: say('leave it to npx homeroom compact'),
  },
  {
    name: 'other-file',
    on,
    form: /^(?:ATTACH|DETACH)\b/i,
    what: () => 'a step that writes another file is not one transaction with it',
    instead: say('leave it out'),
  },
]

export const knownToSqlite =
  /^(?:CREATE TABLE \w+ \(|CREATE (?:UNIQUE )?INDEX |DROP INDEX |DROP TABLE |INSERT INTO |UPDATE |SELECT 1$|PRAGMA foreign_keys ?=|ALTER TABLE __new_\w+ RENAME TO |ALTER TABLE \w+ (?:ADD |DROP CONSTRAINT |ALTER (?:COLUMN )?\w+ (?:SET|DROP) NOT NULL$))/i

export const sqliteRules: Rule[] = [...ofTables, ...ofColumns, ...ofFiles]
