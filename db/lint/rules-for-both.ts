import { isLarge } from './cost.ts'
import { contract, expandInstead, fillThenRequire, inBatches, say } from './instead.ts'
import type { Names, Rule } from './rule.ts'
import { alter, isNew } from './rule.ts'

const isBeingMade = ({ table }: Names) => table.startsWith('__new_')
const both = 'both' as const
const adding = alter('ADD (?:COLUMN )?(?!CONSTRAINT)(?:IF NOT EXISTS )?(?<column>\\w+) (?<type>\\w+)')

const contracting: Rule[] = [
  {
    name: 'drop-table',
    on: both,
    form: /^DROP TABLE (?:IF EXISTS )?(?<table>\w+)/i,
    unless: ({ table }, { rebuilt }) => rebuilt.has(table),
    what: ({ table }) => `${table} goes with all its rows, and the release before still asks for it`,
    lock: 'all',
    work: 'moment',
    instead: contract,
  },
  {
    name: 'drop-column',
    on: both,
    form: alter('DROP (?:COLUMN )?(?!CONSTRAINT)(?:IF EXISTS )?(?<column>\\w+)'),
    what: ({ table, column }) =>
      `${table}.${column} goes with all its values, and the release before still asks for it`,
    lock: 'all',
    work: 'rewrite',
    instead: contract,
  },
  {
    name: 'rename-column',
    on: both,
    form: alter('RENAME (?:COLUMN )?(?!TO |CONSTRAINT )(?<column>\\w+) TO (?<to>\\w+)'),
    unless: isNew,
    what: ({ table, column, to }) => `${table}.${column} becomes ${to}, and every query of the release before fails`,
    lock: 'all',
    work: 'moment',
    instead: expandInstead,
  },
  {
    name: 'rename-table',
    on: both,
    form: alter('RENAME TO (?<to>\\w+)'),
    unless: isBeingMade,
    what: ({ table, to }) => `${table} becomes ${to}, and every query of the release before fails`,
    lock: 'all',
    work: 'moment',
    instead: expandInstead,
  },
  {
    name: 'delete-rows',
    on: both,
    form: /^(?:DELETE FROM|TRUNCATE(?: TABLE)?) (?:ONLY )?(?<table>\w+)/i,
    unless: isNew,
    what: ({ table }) => `rows of ${table} go, without a journal entry and for good`,
    lock: 'all',
    work: 'scan',
    instead: say(
      'archive them through the procedures, which write the journal; or, where they are no records, say why in both files:',
      '  -- lint allows delete-rows <table>: <why>, and -- rows may go: <table>',
    ),
  },
]

const filling: Rule[] = [
  {
    name: 'required-column',
    on: both,
    form: new RegExp(`${adding.source}(?=.* NOT NULL)(?!.* DEFAULT (?!NULL))`, 'i'),
    unless: isNew,
    what: ({ table, column }) =>
      `${table}.${column} must be filled and has no default: the step fails where ${table} has a row`,
    lock: 'all',
    work: 'moment',
    instead: fillThenRequire,
  },
  {
    name: 'generated-column',
    on: both,
    form: new RegExp(`${adding.source}.*(?:GENERATED ALWAYS| AS \\()`, 'i'),
    what: ({ table, column }) =>
      `${table}.${column} is computed: PostgreSQL rewrites the table, SQLite can't rebuild it later`,
    lock: 'all',
    work: 'rewrite',
    instead: say('a plain column that the code writes; older rows are filled in batches'),
  },
  {
    name: 'inline-constraint',
    on: both,
    form: new RegExp(`${adding.source}(?=.* (?:UNIQUE|PRIMARY KEY|REFERENCES|CHECK)\\b)`, 'i'),
    unless: isNew,
    what: ({ table, column }) =>
      `the constraint of ${table}.${column} comes with the column: every row is looked at under its lock`,
    lock: 'all',
    work: 'scan',
    instead: say('add the column alone, then the constraint as a statement of its own, as npm run db:generate does'),
  },
  {
    name: 'update-many',
    on: both,
    form: /^UPDATE (?:ONLY )?(?<table>\w+)/i,
    unless: (names, step) => isNew(names, step) || !isLarge(names.table),
    what: ({ table }) => `rows of ${table} are changed in one go, and all that is changed stays locked to the end`,
    lock: 'writes',
    work: 'update',
    instead: inBatches,
  },
  {
    name: 'required-at-once',
    on: both,
    form: alter('ALTER (?:COLUMN )?(?<column>\\w+) SET NOT NULL'),
    unless: ({ table, column }, { statements }) =>
      !statements.some(({ text }) => new RegExp(`^ALTER TABLE ${table} ADD (?:COLUMN )?${column}\\b`, 'i').test(text)),
    what: ({ table, column }) =>
      `the release before writes rows of ${table} without ${column}, and would be refused while both serve`,
    lock: 'all',
    work: 'scan',
    instead: fillThenRequire,
  },
  {
    name: 'unedited',
    on: both,
    form: /^(?:UPDATE|INSERT INTO) (?:__new_)?(?<table>\w+).*\bEDIT_ME\b/i,
    what: ({ table }) => `the step does not say yet what the older rows of ${table} have in the new column`,
    instead: say('write a value, or an expression over columns of the row, instead of EDIT_ME in both files'),
  },
]

const shape: Rule[] = [
  {
    name: 'cascade',
    on: both,
    form: /(?:^|TABLE )(?<table>\w+)?.*\bON (?:DELETE|UPDATE) (?:CASCADE|SET NULL|SET DEFAULT)/i,
    what: () =>
      'rows of other tables would go or change by themselves, without a journal entry, and in a SQLite rebuild',
    instead: say('ON DELETE no action; the procedure that archives a record decides what becomes of its dependents'),
  },
  {
    name: 'trigger',
    on: both,
    form: /^CREATE (?:OR REPLACE )?(?:CONSTRAINT |TEMP )?(?:TRIGGER|RULE)\b/i,
    what: () => 'a trigger is lost in a SQLite rebuild, and the move between the databases does not know it',
    lock: 'all',
    work: 'moment',
    instead: say('do it in the procedure that writes, where the tests of both databases see it'),
  },
  {
    name: 'expression-index',
    on: both,
    form: /^CREATE (?:UNIQUE )?INDEX (?:CONCURRENTLY )?\w+ ON (?<table>\w+) (?:USING \w+ )?\((?:[^()]*[(])/i,
    what: ({ table }) => `an index of ${table} is over an expression, which breaks the next rebuild on SQLite`,
    instead: say('store what is looked for in a column of its own, as sort_name is, and index that'),
  },
  {
    name: 'foreign-type',
    on: both,
    form: /^(?:CREATE TABLE|ALTER TABLE) (?<table>\w+) (?:.*[ (,])?(?<type>real|double precision|float\d?|(?:small|big)?serial|money|char\(\d+\)|timestamp(?! ?\(\d\) with)(?! with)|json|varchar\(\d+\)|enum)(?=[ ,)]|$)/i,
    what: ({ table, type }) =>
      `${table} gets a column of the type ${type}, which the other database rounds, pads or lacks`,
    instead: say('the kinds of db/kit.ts: c.text(n), c.decimal(p, s), c.integer(), c.timestamp(), c.date(), …'),
  },
  {
    name: 'own-transaction',
    on: both,
    form: /^(?:BEGIN|START TRANSACTION|COMMIT|END|ROLLBACK|SAVEPOINT|RELEASE)\b/i,
    what: () => 'the step ends the transaction of the runner: a failure afterwards leaves half of it',
    instead: say('leave it out: the runner begins and commits'),
  },
  {
    name: 'several-statements',
    on: both,
    form: /;\s*\S/,
    what: () => 'two statements stand in one part of the step, of which the checks see only the first',
    instead: say('put the line --> statement-breakpoint between them'),
  },
  {
    name: 'several-actions',
    on: both,
    form: alter('.*, ?(?:ADD|DROP|ALTER|RENAME|VALIDATE|SET)\\b'),
    what: ({ table }) => `one statement changes ${table} in several ways, of which the checks see only the first`,
    instead: say('write a statement for each, with the line --> statement-breakpoint between them'),
  },
  {
    name: 'if-not-exists',
    on: both,
    form: /^(?:CREATE TABLE|CREATE (?:UNIQUE )?INDEX(?! CONCURRENTLY)|ALTER TABLE \w+ ADD(?: COLUMN)?) IF NOT EXISTS (?<table>\w+)/i,
    what: ({ table }) => `${table} may be there in another form, and the step would take it as it is`,
    instead: say('leave IF NOT EXISTS out: each step runs once, and a difference must stop it'),
  },
  {
    name: 'not-compatible',
    on: both,
    form: /^(?:DROP TABLE|TRUNCATE|ALTER TABLE (?<table>\w+) (?:DROP (?!CONSTRAINT)|RENAME (?!CONSTRAINT)|ALTER (?:COLUMN )?(?<column>\w+) (?:TYPE|SET NOT NULL|SET DATA)))/i,
    unless: ({ table }, { isCompatible, rebuilt }) => !isCompatible || rebuilt.has(table) || table.startsWith('__new_'),
    what: () => 'the step is declared compatible, and the release before could not work on what it leaves',
    instead: say('take the line -- compatible out of both files, or leave this to a later release'),
  },
]

export const rulesForBoth: Rule[] = [...contracting, ...filling, ...shape]
