import { expect, test } from 'vitest'
import { isCompatible, isWider } from '../../db/compatible.ts'
import type { Snapshot, SnapshotTable } from '../../db/snapshot.ts'

const plain: SnapshotTable = {
  name: 'houses',
  columns: {
    school_id: { name: 'school_id', type: 'integer', notNull: true, primaryKey: false },
    color: { name: 'color', type: 'text', notNull: false, primaryKey: false },
  },
  indexes: {},
  foreignKeys: {},
  checkConstraints: {
    houses_color_known: { name: 'houses_color_known', value: `"houses"."color" in ('red', 'l''or')` },
  },
  compositePrimaryKeys: {},
  uniqueConstraints: {},
}
const snapshot = (...tables: SnapshotTable[]): Snapshot => ({
  tables: Object.fromEntries(tables.map((table) => [table.name, table])),
  _meta: { tables: {}, columns: {} },
})
const motto = { name: 'motto', type: 'text', notNull: false, primaryKey: false }
const withMotto = { ...plain, columns: { ...plain.columns, motto } }
const strict = { ...motto, notNull: true }
const check = (value: string) => ({ houses_color_known: { name: 'houses_color_known', value } })
const unique = (...columns: string[]) => ({ houses_uq: { name: 'houses_uq', isUnique: true, columns } })
const reference = (...columnsFrom: string[]) => ({
  houses_fk: { name: 'houses_fk', tableTo: 'schools', columnsFrom, columnsTo: columnsFrom },
})

test.each<[string, boolean, SnapshotTable[]]>([
  ['nothing: the step was written by hand', false, [plain]],
  ['a new table', true, [plain, { ...plain, name: 'more' }]],
  ['a table that is gone', false, []],
  ['a new column', true, [withMotto]],
  ['a new column that must be filled', false, [{ ...plain, columns: { ...plain.columns, motto: strict } }]],
  ['one with a default', true, [{ ...plain, columns: { ...plain.columns, motto: { ...strict, default: "''" } } }]],
  ['a column that is gone', false, [{ ...plain, columns: { color: plain.columns.color as never } }]],
  ['a column that must be filled now', false, [{ ...plain, columns: { ...plain.columns, color: strict } }]],
  ['one more word', true, [{ ...plain, checkConstraints: check(`"houses"."color" in ('red', 'blue', 'l''or')`) }]],
  ['one word fewer', false, [{ ...plain, checkConstraints: check(`"houses"."color" in ('red')`) }]],
  ['a check that is gone', true, [{ ...plain, checkConstraints: {} }]],
  ['a unique key of what is there', false, [{ ...plain, indexes: unique('school_id', 'color') }]],
  ['a unique key with a new column', true, [{ ...withMotto, indexes: unique('school_id', 'motto') }]],
  ['a reference from a new column', true, [{ ...withMotto, foreignKeys: reference('school_id', 'motto') }]],
  ['a reference from what is there', false, [{ ...plain, foreignKeys: reference('school_id') }]],
])('a step with %s is compatible: %s', (_, expected, tables) => {
  expect(isCompatible(snapshot(plain), snapshot(...tables))).toBe(expected)
})

test('a longer text is a wider check, a shorter one or one of another column is not', () => {
  const length = (column: string, limit: number) => ({ name: 'x', value: `length("houses"."${column}") <= ${limit}` })
  expect(isWider(length('color', 50), length('color', 100))).toBe(true)
  expect(isWider(length('color', 50), length('color', 49))).toBe(false)
  expect(isWider(length('color', 50), length('motto', 50))).toBe(false)
})
