import { expect, test } from 'vitest'
import { linted, rebuild, rulesIn } from './linted.ts'

const sqlite = (statements: string | string[], head = '', earlier: string[] = []) =>
  rulesIn('sqlite', statements, head, earlier)
const columns = '"school_id", "id", "name", "seats"'
const into = 'INSERT INTO `__new_rooms`'

const bad: [rule: string, statements: string | string[], head?: string][] = [
  ['drop-table', 'DROP TABLE `rooms`;'],
  ['drop-table', 'drop table if exists rooms'],
  ['drop-column', 'ALTER TABLE `rooms` DROP COLUMN `seats`;'],
  ['drop-column', 'alter table rooms drop seats'],
  ['rename-column', 'ALTER TABLE `rooms` RENAME COLUMN `seats` TO `places`;'],
  ['rename-column', 'ALTER TABLE rooms RENAME seats TO places'],
  ['rename-table', 'ALTER TABLE `rooms` RENAME TO `spaces`;'],
  ['delete-rows', 'DELETE FROM rooms WHERE seats = 0'],
  ['delete-rows', 'DELETE FROM sessions'],
  ['required-column', 'ALTER TABLE `rooms` ADD `floor` text NOT NULL;'],
  ['required-column', 'ALTER TABLE `rooms` ADD COLUMN `floor` text DEFAULT NULL NOT NULL;'],
  ['required-column', "ALTER TABLE rooms ADD floor text NOT NULL CHECK (floor <> '')"],
  ['changing-default', 'ALTER TABLE `rooms` ADD `made_at` text DEFAULT CURRENT_TIMESTAMP NOT NULL;'],
  ['changing-default', 'ALTER TABLE rooms ADD COLUMN code text DEFAULT (hex(randomblob(8)))'],
  ['generated-column', 'ALTER TABLE rooms ADD COLUMN twice integer GENERATED ALWAYS AS (seats * 2) STORED'],
  ['generated-column', 'ALTER TABLE rooms ADD twice integer AS (seats * 2)'],
  ['inline-constraint', 'ALTER TABLE `rooms` ADD `code` text UNIQUE;'],
  ['inline-constraint', 'ALTER TABLE rooms ADD floor_id text REFERENCES floors (id)'],
  ['inline-constraint', 'ALTER TABLE rooms ADD floor integer CHECK (floor > 0)'],
  ['update-many', "UPDATE students SET grade_level = '01' WHERE grade_level = '1'"],
  ['unedited', 'UPDATE rooms SET floor = EDIT_ME'],
  ['unedited', rebuild('rooms', { fill: `${into}(${columns}, "floor") SELECT ${columns}, EDIT_ME FROM \`rooms\`;` })],
  ['required-at-once', ['ALTER TABLE rooms ADD floor text', 'ALTER TABLE rooms ALTER floor SET NOT NULL']],
  ['cascade', 'CREATE TABLE keys (room_id text REFERENCES rooms (id) ON DELETE CASCADE)'],
  [
    'cascade',
    'ALTER TABLE rooms ADD CONSTRAINT "rooms_a_fk" FOREIGN KEY (a) REFERENCES schools (id) ON DELETE SET NULL',
  ],
  ['trigger', 'CREATE TRIGGER rooms_changed AFTER UPDATE ON rooms BEGIN SELECT 1; END'],
  ['expression-index', 'CREATE INDEX rooms_lower_ix ON rooms (lower(name))'],
  ['foreign-type', 'CREATE TABLE `fees` (`id` text, `amount` real NOT NULL);'],
  ['foreign-type', 'ALTER TABLE rooms ADD COLUMN area double precision'],
  ['own-transaction', ['BEGIN', 'UPDATE rooms SET seats = 1', 'COMMIT']],
  ['several-statements', 'UPDATE rooms SET seats = 1; DELETE FROM rooms'],
  ['if-not-exists', 'CREATE TABLE IF NOT EXISTS floors (id text)'],
  ['if-not-exists', 'CREATE INDEX IF NOT EXISTS rooms_a_ix ON rooms (a)'],
  ['not-compatible', 'ALTER TABLE `rooms` DROP COLUMN `seats`;', '-- compatible: yes\n'],
  ['large-rebuild', rebuild('students')],
  ['long-index', 'CREATE INDEX `journal_at_ix` ON `journal` (`at`);'],
  ['table-from-query', 'CREATE TABLE copies AS SELECT * FROM rooms'],
  ['not-a-table', 'CREATE VIRTUAL TABLE found USING fts5(name)'],
  ['not-a-table', 'CREATE VIEW large_rooms AS SELECT * FROM rooms WHERE seats > 100'],
  ['set-not-null', 'ALTER TABLE students ALTER COLUMN grade_level SET NOT NULL'],
  ['check-refuses-null', 'ALTER TABLE rooms ADD CONSTRAINT "rooms_seats_positive" CHECK("rooms"."seats" > 0)'],
  ['replace', 'REPLACE INTO rooms SELECT * FROM rooms'],
  ['replace', "INSERT OR REPLACE INTO rooms (school_id, id) VALUES (1, 'a')"],
  ['replace', "INSERT OR IGNORE INTO rooms (school_id, id) VALUES (1, 'a')"],
  ['replace', 'CREATE TABLE codes (code text UNIQUE ON CONFLICT REPLACE)'],
  ['pragma', 'PRAGMA writable_schema = ON'],
  ['pragma', 'PRAGMA journal_mode = DELETE'],
  ['rebuild-in-place', 'VACUUM'],
  ['other-file', "ATTACH 'other.db' AS other"],
  ['unknown-statement', 'DROP VIEW large_rooms'],
  [
    'rebuild-loses-rows',
    rebuild('rooms', { fill: `${into}(${columns}) SELECT ${columns} FROM \`rooms\` WHERE "seats" > 0;` }),
  ],
  ['rebuild-loses-rows', rebuild('rooms', { fill: `${into}(${columns}) SELECT DISTINCT ${columns} FROM \`rooms\`;` })],
  ['rebuild-loses-rows', rebuild('rooms', { fill: '' })],
  ['rebuild-loses-rows', rebuild('rooms', { rename: '' })],
  ['rebuild-loses-rows', rebuild('rooms', { fill: `${into} SELECT * FROM \`rooms\`;` })],
  [
    'rebuild-loses-values',
    rebuild('rooms', { fill: `${into}("school_id", "id", "name") SELECT "school_id", "id", "name" FROM \`rooms\`;` }),
  ],
  [
    'rebuild-reads-new-column',
    rebuild('rooms', { fill: `${into}(${columns}, "floor") SELECT ${columns}, "floor" FROM \`rooms\`;` }),
  ],
  ['rebuild-loses-parts', rebuild('rooms', { index: '' })],
  [
    'rename-column',
    rebuild('rooms', { fill: `${into}("school_id", "id", "name", "places") SELECT ${columns} FROM \`rooms\`;` }),
  ],
  [
    'rebuild-loses-parts',
    rebuild('rooms', {
      create:
        'CREATE TABLE `__new_rooms` ("school_id", "id", "name", "seats", FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`));',
    }),
  ],
  [
    'rebuild-loses-parts',
    rebuild('rooms', {
      create:
        'CREATE TABLE `__new_rooms` ("school_id", "id", "name", "seats", CONSTRAINT "rooms_name_length" CHECK(length("name") <= 50));',
    }),
  ],
]

test.each(bad)('%s is found (%#)', (rule, statements, head) => {
  expect(sqlite(statements, head)).toContain(rule)
})

test('a rebuild loses the triggers that earlier steps have made', () => {
  const trigger = 'CREATE TRIGGER rooms_t AFTER UPDATE ON rooms BEGIN SELECT 1; END'
  expect(sqlite(rebuild('rooms'), '', [trigger])).toEqual(['rebuild-loses-parts'])
})

const good: [what: string, statements: string | string[], earlier?: string[]][] = [
  [
    'a new table',
    'CREATE TABLE `floors` (`school_id` integer NOT NULL, `id` text NOT NULL, PRIMARY KEY(`school_id`, `id`));',
  ],
  [
    'a new table with its index',
    ['CREATE TABLE `floors` (`id` text NOT NULL);', 'CREATE UNIQUE INDEX `floors_uq` ON `floors` (`id`);'],
  ],
  [
    'a new table that is filled',
    ['CREATE TABLE `floors` (`id` text NOT NULL);', 'INSERT INTO `floors` SELECT DISTINCT `floor` FROM `rooms`;'],
  ],
  ['a column that may be empty', 'ALTER TABLE `rooms` ADD COLUMN `floor` text;'],
  ['a column with a constant default', "ALTER TABLE `students` ADD COLUMN `house` text DEFAULT 'red' NOT NULL;"],
  ['a number with a default', 'ALTER TABLE `students` ADD COLUMN `fee` integer DEFAULT 150 NOT NULL;'],
  [
    'a check that takes null',
    'ALTER TABLE `students` ADD CONSTRAINT "students_house_known" CHECK(("students"."house" in (\'red\', \'l\'\'or\')) IS NOT FALSE);',
  ],
  [
    'a check that is replaced',
    [
      'ALTER TABLE `students` DROP CONSTRAINT "students_a";',
      'ALTER TABLE `students` ADD CONSTRAINT "students_a" CHECK((length("a") <= 9) IS NOT FALSE);',
    ],
  ],
  [
    'a reference',
    'ALTER TABLE `students` ADD CONSTRAINT "students_b_fk" FOREIGN KEY (`school_id`,`b_id`) REFERENCES `rooms`(`school_id`,`id`) ON UPDATE no action ON DELETE no action;',
  ],
  ['an index of a small table', 'CREATE INDEX `rooms_b_ix` ON `rooms` (`school_id`,`b`);'],
  [
    'an index of students',
    'CREATE INDEX `students_b_ix` ON `students` (`school_id`,`b`) WHERE "students"."b" is not null;',
  ],
  [
    'an index that is remade',
    ['DROP INDEX `rooms_name_ix`;', 'CREATE INDEX `rooms_name_ix` ON `rooms` (`name`,`id`);'],
  ],
  ['a rebuild of a small table', rebuild('rooms')],
  [
    'a rebuild after a column was renamed in a new table',
    ['CREATE TABLE `floors` (`a` text);', 'ALTER TABLE `floors` RENAME COLUMN `a` TO `b`;'],
  ],
  ['a small table that is changed', "UPDATE `rooms` SET `name` = 'Lab' WHERE `name` = 'lab';"],
  [
    'a column that must be filled, once it is',
    'ALTER TABLE `students` ALTER COLUMN `house` SET NOT NULL;',
    ["UPDATE `students` SET `house` = 'red';"],
  ],
  ['a column that may be empty now', 'ALTER TABLE `students` ALTER COLUMN `house` DROP NOT NULL;'],
  [
    'a column of a small table that must be filled',
    'ALTER TABLE `rooms` ALTER COLUMN `floor` SET NOT NULL;',
    ['ALTER TABLE `rooms` ADD COLUMN `floor` text;'],
  ],
  ['nothing', 'SELECT 1;'],
  [
    'words of SQL in a text or a comment',
    ["-- DROP TABLE rooms;\nUPDATE `rooms` SET `name` = 'drop; delete from rooms' WHERE `name` = 'REPLACE INTO';"],
  ],
  ['rows of a new table that go again', ['CREATE TABLE `floors` (`id` text);', 'DELETE FROM `floors`;']],
]

test.each(good)('nothing is said of %s', (_, statements, earlier) => {
  expect(sqlite(statements, '', earlier)).toEqual([])
})

test('a finding names file, line, lock, how long that lasts, and what to write instead', () => {
  const { findings } = linted('sqlite', [
    'ALTER TABLE `rooms` ADD COLUMN `a` text;',
    'ALTER TABLE `students`\n ADD `house` text NOT NULL;',
  ])
  expect(findings).toHaveLength(1)
  expect(findings[0]).toMatchObject({ file: 'drizzle/0099_step.sql', line: 3, rule: 'required-column' })
  expect(findings[0]?.lock).toContain('the write lock of the file')
  expect(findings[0]?.instead.join('\n')).toContain(
    "columnFill({ name: 'students_house', since: '<number>_add_house', table: students, columns: ['house']",
  )
  expect(linted('sqlite', rebuild('students')).findings[0]?.lock).toContain('about 2 s for 100,000 rows')
})

test('a column is required without a word where the step waits for what fills it', () => {
  const required = 'ALTER TABLE students ALTER COLUMN grade_level SET NOT NULL'
  expect(rulesIn('sqlite', required)).toEqual(['set-not-null'])
  expect(rulesIn('sqlite', required, '-- after backfill: students_grade_level\n')).toEqual([])
})
