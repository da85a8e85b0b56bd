/** What of a school goes with it, held against the schema itself. */
import { expect, test } from 'vitest'
import { allKinds } from '../../../server/kinds.ts'
import { decided, going, selfReferenceOf, tableOf } from '../../../server/school-files/tables.ts'
import type { Table } from '../../db/any-row.ts'
import { configOf, foreignKeysOf, tables } from '../../db/any-row.ts'

const goingTables = going.map((key) => tableOf(key) as unknown as Table)
const nameOf = (table: Table) => configOf(table).name

test('each table of the schema is decided, and what belongs to a school goes or says why it stays', () => {
  expect(Object.keys(decided).length + allKinds.length).toBe(tables.length)
  const ofSchools = tables.filter((table) => 'schoolId' in table && !goingTables.includes(table)).map(nameOf)
  expect(ofSchools.toSorted()).toEqual([
    'api_tokens',
    'import_pieces',
    'imports',
    'one_time_tokens',
    'presences',
    'webhook_deliveries',
  ])
})

test('what goes is written after all that it refers to, or names where it refers to itself', () => {
  for (const [index, table] of goingTables.entries())
    for (const { parent, name, keys } of foreignKeysOf(table)) {
      const outside = !('schoolId' in parent)
      const before = goingTables.slice(0, index).includes(parent)
      const itself = parent === table && keys.includes(selfReferenceOf(going[index] ?? '') ?? '')
      expect(outside || before || itself, name).toBe(true)
    }
})
