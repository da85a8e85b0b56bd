import { expect, test } from 'vitest'
import type { Migration } from '../db/migration-files.ts'
import { planOf } from '../db/plan.ts'

const step = (statements: string[], more: Partial<Migration> = {}): Migration => ({
  name: '0099_step',
  when: 1,
  hash: '',
  statements,
  validations: [],
  isCompatible: true,
  mayLoseRows: [],
  ...more,
})
const counts = async (tables: readonly string[]) => new Map(tables.map((table) => [table, 1200]))
const planned = async (sql: string, isOnPostgres = true) =>
  (await planOf([step([sql])], { counts }, isOnPostgres))[0]?.statements[0]

test.each([
  ['CREATE TABLE "houses" ("id" uuid)', '', 'nobody waits', 'no row'],
  [
    'ALTER TABLE "students" ADD COLUMN "house" text',
    'students',
    'ACCESS EXCLUSIVE: reads and writes of it wait',
    'no row',
  ],
  [
    'ALTER TABLE "students" ADD CONSTRAINT "students_house_fk" FOREIGN KEY ("a") REFERENCES "houses"("a") NOT VALID',
    'students',
    'SHARE ROW EXCLUSIVE: writes of it, and of a table it refers to, wait',
    'no row',
  ],
  [
    'CREATE INDEX "students_ix" ON "students" USING btree ("a")',
    'students',
    'SHARE: writes of it wait',
    'reads each row',
  ],
  [
    'CREATE INDEX CONCURRENTLY "students_ix" ON "students" ("a")',
    'students',
    'SHARE UPDATE EXCLUSIVE: reads and writes go on',
    'reads each row',
  ],
  [
    'ALTER TABLE "students"\n ALTER COLUMN "a" SET NOT NULL',
    'students',
    'ACCESS EXCLUSIVE: reads and writes of it wait',
    'reads each row',
  ],
  [
    'UPDATE "students" SET "a" = 1 WHERE "a" IS NULL',
    'students',
    'ROW EXCLUSIVE: writes of the same rows wait',
    'writes some rows',
  ],
  ['UPDATE students SET a = 1', 'students', 'ROW EXCLUSIVE: writes of the same rows wait', 'writes each row'],
  ['DROP TABLE "students"', 'students', 'ACCESS EXCLUSIVE: reads and writes of it wait', 'removes each row'],
])('on PostgreSQL, of %s the plan tells the lock and the rows', async (sql, table, lock, touches) => {
  expect(await planned(sql)).toEqual({ sql, table, lock, touches, rows: table ? 1200 : 0 })
})

test('on SQLite the whole register waits for a step, and a dropped column writes its table anew', async () => {
  const lock = 'writes of the whole register wait'
  expect(await planned('ALTER TABLE `students` DROP COLUMN `a`', false)).toMatchObject({
    lock,
    touches: 'writes each row',
    rows: 1200,
  })
  expect(await planned('ALTER TABLE `students` ADD `a` text', false)).toMatchObject({ lock, touches: 'no row' })
})

test('the plan tells who may start on a step, whether it can be taken back, and what is looked at afterwards', async () => {
  const validations = [{ table: 'students', constraint: 'students_a', advice: '' }]
  const irreversible = 'the old column is gone'
  const [plan] = await planOf([step([], { isBare: true, irreversible, validations })], { counts }, true)
  expect(plan).toMatchObject({ name: '0099_step', isCompatible: true, isBare: true, irreversible, hasDown: false })
  expect(plan?.statements).toEqual([
    expect.objectContaining({
      sql: 'alter table "students" validate constraint "students_a"',
      touches: 'reads each row',
    }),
  ])
})
