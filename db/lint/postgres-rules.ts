import { isLarge } from './cost.ts'
import { concurrently, inBatches, notValid, requireFilled, say, swapColumn, uniqueByIndex } from './instead.ts'
import type { Names, Rule } from './rule.ts'
import { alter, isNew } from './rule.ts'
import type { Step } from './step.ts'

const on = 'postgresql' as const
const adding = (rest: string) => alter(`ADD (?:CONSTRAINT (?<name>\\w+) )?${rest}`)

/** A check that an earlier step has validated spares the scan. */
const isFilled = ({ table, column }: Names, { earlier }: Step): boolean => {
  const check = new RegExp(
    `^ALTER TABLE ${table} ADD CONSTRAINT (\\w+) CHECK \\(\\(?(?:${table}\\.)?${column} IS NOT NULL\\)?\\)`,
    'i',
  )
  const name = earlier.flatMap((text) => check.exec(text)?.[1] ?? []).at(-1)
  return name !== undefined && earlier.some((text) => text.endsWith(`VALIDATE CONSTRAINT ${name}`))
}

const ofColumns: Rule[] = [
  {
    name: 'change-type',
    on,
    form: alter('ALTER (?:COLUMN )?(?<column>\\w+) (?:SET DATA )?TYPE (?<type>.*)'),
    unless: isNew,
    what: ({ table, column }) => `PostgreSQL writes ${table} and its indexes anew for another type of ${column}`,
    lock: 'all',
    work: 'rewrite',
    instead: swapColumn,
  },
  {
    name: 'set-not-null',
    on,
    form: alter('ALTER (?:COLUMN )?(?<column>\\w+) SET NOT NULL'),
    unless: (names, step) => isNew(names, step) || isFilled(names, step) || !isLarge(names.table),
    what: ({ table, column }) => `every row of ${table} is looked at for an empty ${column}, and one stops the step`,
    lock: 'all',
    work: 'scan',
    instead: requireFilled,
  },
  {
    name: 'volatile-default',
    on,
    form: alter(
      'ADD (?:COLUMN )?(?<column>\\w+) (?:.* DEFAULT \\(?(?:random|gen_random_uuid|uuid\\w*|nextval|clock_timestamp|timeofday)\\(|(?:small|big)?serial\\b|.* AS IDENTITY)',
    ),
    what: ({ table, column }) => `each row of ${table} gets another ${column}, so PostgreSQL writes the table anew`,
    lock: 'all',
    work: 'rewrite',
    instead: ({ table }) => [
      'ids are made in the code, by newId(); a column without a default is added in a moment',
      ...inBatches({ table, column: '', name: '', to: '', type: '' }),
    ],
  },
  {
    name: 'rewrite',
    on,
    form: alter('SET (?:TABLESPACE|LOGGED|UNLOGGED|ACCESS METHOD|WITHOUT OIDS)'),
    what: ({ table }) => `PostgreSQL writes ${table} anew`,
    lock: 'all',
    work: 'rewrite',
    instead: say('leave it to the operator, in a quiet hour: it changes nothing that the code sees'),
  },
]

const ofConstraints: Rule[] = [
  {
    name: 'constraint-not-valid',
    on,
    form: adding('(?:CHECK|FOREIGN KEY)(?!.* NOT VALID$)'),
    unless: isNew,
    what: ({ table, name }) =>
      `every row of ${table} is looked at for ${name || 'the constraint'}, and one stops the step`,
    lock: 'all',
    work: 'scan',
    instead: notValid,
  },
  {
    name: 'never-validated',
    on,
    form: adding('(?:CHECK|FOREIGN KEY).* NOT VALID$'),
    unless: ({ name }, { statements }) => statements.some(({ text }) => text.endsWith(`VALIDATE CONSTRAINT ${name}`)),
    what: ({ table, name }) => `nothing validates ${name} of ${table}: older rows may break it for good`,
    instead: notValid,
  },
  {
    name: 'unique-constraint',
    on,
    form: adding('(?:UNIQUE|PRIMARY KEY|EXCLUDE)(?! USING INDEX)'),
    unless: isNew,
    what: ({ table }) => `an index of ${table} is built under the constraint's lock`,
    lock: 'all',
    work: 'index',
    instead: uniqueByIndex,
  },
]

const ofIndexes: Rule[] = [
  {
    name: 'index-blocks',
    on,
    form: /^CREATE (?:UNIQUE )?INDEX (?!CONCURRENTLY)(?:IF NOT EXISTS )?(?<name>\w+) ON (?:ONLY )?(?<table>\w+)/i,
    unless: (names, step) => isNew(names, step) || !isLarge(names.table),
    what: ({ table, name }) => `nobody writes ${table} while ${name} is built`,
    lock: 'writes',
    work: 'index',
    instead: concurrently,
  },
  {
    name: 'concurrently-in-transaction',
    on,
    form: /^(?:CREATE (?:UNIQUE )?INDEX|DROP INDEX|REINDEX \w+) CONCURRENTLY (?<name>\w+)/i,
    unless: (_, { isBare }) => isBare,
    what: () => 'PostgreSQL refuses CONCURRENTLY inside a transaction, in which the runner puts this step',
    instead: say('make it a step of its own, whose file for PostgreSQL begins with the line -- no-transaction'),
  },
  {
    name: 'unnamed-index',
    on,
    form: /^CREATE (?:UNIQUE )?INDEX (?:CONCURRENTLY )?ON (?:ONLY )?(?<table>\w+)/i,
    what: ({ table }) => `an index of ${table} has no name, by which a half made one would be found and made anew`,
    instead: say('CREATE INDEX CONCURRENTLY <table>_<columns>_ix ON …'),
  },
  {
    name: 'bare-for-nothing',
    on,
    form: /^(?!(?:CREATE (?:UNIQUE )?INDEX|DROP INDEX|REINDEX \w+) CONCURRENTLY)\S+ \S+ \S+/i,
    unless: (_, { isBare }) => !isBare,
    what: () =>
      'a step without a transaction has a statement that needs none: a failure after it leaves half of the step',
    instead: say('put it into a step of its own, without the line -- no-transaction'),
  },
  {
    name: 'rebuild-in-place',
    on,
    form: /^(?:VACUUM FULL|CLUSTER|REINDEX (?:TABLE|INDEX|SCHEMA|DATABASE)(?! CONCURRENTLY)) ?(?<table>\w+)?/i,
    what: ({ table }) => `${table || 'the database'} is written anew`,
    lock: 'all',
    work: 'rewrite',
    instead: say('leave it to the operator, in a quiet hour; REINDEX … CONCURRENTLY blocks nobody'),
  },
]

const ofSessions: Rule[] = [
  {
    name: 'explicit-lock',
    on,
    form: /^LOCK (?:TABLE )?(?<table>\w+)/i,
    what: ({ table }) => `${table} is locked until the whole step is done`,
    lock: 'all',
    work: 'moment',
    instead: say('leave it out: each statement takes the lock that it needs'),
  },
  {
    name: 'session-setting',
    on,
    form: /^(?:SET (?!CONSTRAINTS)|RESET |DISCARD |SELECT set_config)/i,
    what: () =>
      'the runner sets the limits of locks and statements, and behind PgBouncer a setting stays with the next client',
    instead: say('leave it out'),
  },
  {
    name: 'native-enum',
    on,
    form: /^(?:CREATE|ALTER|DROP) (?:TYPE|DOMAIN) (?<name>\w+)/i,
    what: ({ name }) => `${name} is a type that SQLite lacks, and that can't lose or reorder a value`,
    instead: say(
      'c.oneOf([...]) in db/schema: a text with a CHECK, which takes one more word in place on both databases',
    ),
  },
  {
    name: 'extension',
    on,
    form: /^CREATE EXTENSION (?:IF NOT EXISTS )?(?<name>\w+)/i,
    what: ({ name }) => `${name} is missing on many servers, and making it there needs rights that the register lacks`,
    instead: say('do it in the code, as search_text does'),
  },
  {
    name: 'opaque',
    on,
    form: /^(?:DO|CALL|CREATE (?:OR REPLACE )?(?:FUNCTION|PROCEDURE))\b/i,
    what: () => 'the lint can not see what this program locks or loses',
    instead: say('plain statements; what needs a program is a backfill, in the code, in batches'),
  },
]

/** What needs no finding. Whatever is neither here nor in a rule is asked about. */
export const knownToPostgres =
  /^(?:CREATE TABLE \w+ \(|CREATE (?:UNIQUE )?INDEX |DROP INDEX |INSERT INTO |UPDATE |ALTER INDEX \w+ RENAME TO |SELECT 1$|ALTER TABLE \w+ (?:ADD |DROP CONSTRAINT |VALIDATE CONSTRAINT |RENAME CONSTRAINT |ALTER (?:COLUMN )?\w+ (?:SET NOT NULL|DROP NOT NULL|SET DEFAULT|DROP DEFAULT)))/i

export const postgresRules: Rule[] = [...ofColumns, ...ofConstraints, ...ofIndexes, ...ofSessions]
