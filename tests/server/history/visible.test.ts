import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { roomKind } from '../../../server/rooms/kind.ts'
import { db, writeInSchool } from '../../setup/people.ts'
import { api, school } from '../../setup/school.ts'

const hidden = Array.from({ length: 20 }, (_, index) => `hidden${index}`)
const declared = roomKind.fields as Record<string, { sees: string }>
beforeAll(async () => {
  for (const field of hidden) declared[field] = { sees: 'none' }
})
afterAll(() => {
  for (const field of hidden) delete declared[field]
  return db.close()
})

const everyHidden = (value: string) => Object.fromEntries(hidden.map((field) => [field, value]))
const tell = (before: object, after: object) =>
  writeInSchool(school.id, async () => {
    const id = newId()
    return [{ entity: 'room', before: { id, version: 1, ...before }, after: { id, version: 2, ...after } }]
  })
const listed = async () => (await api().journal.list({ entity: 'room' })).rows

test('of a kind with twenty hidden fields, an entry is seen as soon as it tells of one that is not', async () => {
  await tell(everyHidden('before'), everyHidden('after'))
  await tell({ hidden3: 'before' }, { hidden3: 'after' })
  await tell({ name: 'Lab', version: 1 }, { name: 'Lab', version: 2 })
  expect(await listed()).toEqual([])
  await tell({ ...everyHidden('before'), name: 'Lab' }, { ...everyHidden('after'), name: 'Laboratory' })
  const [only, ...others] = await listed()
  expect(others).toEqual([])
  expect(only).toMatchObject({ counts: [{ entity: 'room', count: 1 }] })
  expect(only?.entries[0]?.fields).toEqual([{ name: 'name', before: 'Lab', after: 'Laboratory' }])
})

test('a field that nobody has decided on is seen by nobody', async () => {
  const before = (await listed()).length
  await tell({ unknown: 'before' }, { unknown: 'after' })
  expect(await listed()).toHaveLength(before)
})
