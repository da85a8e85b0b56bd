import { expect, test } from 'vitest'
import { mendedRequired } from '../../db/mend-required.ts'

test('a column that must be filled comes empty, waits for a value that a person writes, and is required then', () => {
  expect(mendedRequired(['ALTER TABLE "rooms" ADD COLUMN "floor" text COLLATE "C" NOT NULL;'])).toEqual([
    'ALTER TABLE "rooms" ADD COLUMN "floor" text COLLATE "C";',
    'UPDATE "rooms" SET "floor" = EDIT_ME WHERE "floor" IS NULL;',
    'ALTER TABLE "rooms" ALTER COLUMN "floor" SET NOT NULL;',
  ])
  expect(mendedRequired(['ALTER TABLE `rooms` ADD `floor` integer NOT NULL;'])[1]).toBe(
    'UPDATE `rooms` SET `floor` = EDIT_ME WHERE `floor` IS NULL;',
  )
})

test.each([
  'ALTER TABLE "rooms" ADD COLUMN "floor" text;',
  `ALTER TABLE "rooms" ADD COLUMN "floor" text DEFAULT 'ground' NOT NULL;`,
  'ALTER TABLE "rooms" ADD COLUMN "n" integer PRIMARY KEY NOT NULL;',
  'ALTER TABLE "rooms" ADD CONSTRAINT "rooms_floor_filled" CHECK ("floor" IS NOT NULL);',
  'CREATE TABLE "floors" ("name" text NOT NULL);',
])('%s stays as it is', (statement) => {
  expect(mendedRequired([statement])).toEqual([statement])
})
