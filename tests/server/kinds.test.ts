import { getTableColumns } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { tableConfig } from '../../db/kit.ts'
import { journalEntities } from '../../db/values.ts'
import { reasons } from '../../server/errors.ts'
import { allKinds, declarationOf, kinds } from '../../server/kinds.ts'
import { mergeFields } from '../../server/merge/input.ts'
import { asOne } from '../../server/records/kind.ts'
import { referencesOf } from '../../server/records/refer.ts'

const columnsOf = (table: object) => getTableColumns(asOne(table as never)) as Record<string, { name: string }>

test('each kind is listed under its own name', () => {
  for (const entity of journalEntities) expect(declarationOf(entity).entity).toBe(entity)
  expect(new Set(allKinds.map(({ table }) => table)).size).toBe(allKinds.length)
})

/** What entries tell beside the columns of their record. */
const besides: Partial<Record<string, string[]>> = {
  membership: ['apiToken', 'isDisabled', 'isOwner', 'link', 'sessions'],
  webhook: ['isRotated', 'toldAfter'],
}
test('every column of a kind is decided on', () => {
  for (const { entity, table, fields } of allKinds) {
    const follows = ['schoolId', 'id', 'version', 'sortName', 'searchText', 'numberOrder']
    const columns = Object.keys(columnsOf(table)).filter((column) => !follows.includes(column))
    expect(Object.keys(fields).toSorted(), `the fields of ${entity}`).toEqual(
      [...columns, ...(besides[entity] ?? [])].toSorted(),
    )
  }
})

test('every foreign key between records of a school is a reference of the kind, to the kind of that table', () => {
  for (const kind of allKinds) {
    const { foreignKeys } = tableConfig(kind.table)
    const keys = foreignKeys.flatMap((key) => {
      const { columns, foreignTable } = key.reference()
      const target = allKinds.find(({ table }) => (table as object) === foreignTable)
      const field = Object.entries(columnsOf(kind.table)).find(([, { name }]) => name === columns[1]?.name)?.[0]
      return target && field ? [`${field} to ${target.entity}`] : []
    })
    const declared = referencesOf(kind).map(({ field, refers }) => `${field} to ${refers.to}`)
    expect(declared.toSorted(), `the references of ${kind.entity}`).toEqual(keys.toSorted())
  }
})

test('a reference says which error names a record that is not there', () => {
  for (const kind of allKinds)
    for (const { notFound } of referencesOf(kind)) expect(reasons[notFound]).toBe('not_found')
})

test('what can be chosen from two records of a student is a column or an address', () => {
  const chosen = Object.entries(kinds.student.fields).flatMap(([field, rule]) =>
    rule?.merged === 'chosen' ? [field] : [],
  )
  // Nobody chooses a photo: the record that remains keeps its own, or gets the other's.
  expect([...chosen.filter((field) => field !== 'photo'), 'local', 'permanent'].toSorted()).toEqual(
    [...mergeFields].toSorted(),
  )
})
