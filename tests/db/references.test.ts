import type { PgTable } from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import { isTable, tableConfig } from '../../db/kit.ts'
import * as schema from '../../db/schema/index.ts'

/**
 * A school has tens of rows of these, or one calendar that nearly all its days are of. The merged have an index of their own, of
 * the few that were.
 */
const others = [
  'academic_sessions_parent_fk',
  'bell_times_schedule_fk',
  'calendar_days_calendar_fk',
  'memberships_instructor_fk',
  'students_merged_into_fk',
]

type Named = { name: string }
/** A partial index is of no use where archived rows are asked for too. */
function beginnings(table: PgTable): string[] {
  const { indexes, primaryKeys } = tableConfig(table)
  const whole = indexes.filter(({ config }) => !config.where).map(({ config }) => config.columns as Named[])
  return [...whole, ...primaryKeys.map(({ columns }) => columns)].map((columns) =>
    columns
      .slice(0, 2)
      .map(({ name }) => name)
      .join(),
  )
}

test('the rows that refer to a record are found from an index: the school, then the reference', () => {
  const without = Object.values(schema)
    .filter(isTable)
    .flatMap((table) =>
      tableConfig(table).foreignKeys.filter((key) => {
        const columns = key.reference().columns.map(({ name }) => name)
        return columns.length === 2 && !beginnings(table).includes(columns.join())
      }),
    )
    .map((key) => key.getName())
  expect(without.toSorted()).toEqual(others)
})
