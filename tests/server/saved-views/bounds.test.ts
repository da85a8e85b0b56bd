/** How much the lowest role can write: each of these stays in the journal for good. */
import { afterAll, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { viewsAtMost, writesAtMost } from '../../../server/saved-views/bounds.ts'
import { reasonOf, seen } from '../../setup/answers.ts'
import { as, db, makePerson, makeSchool, now } from '../../setup/people.ts'

const school = await makeSchool()
afterAll(() => db.close())

let views = 0
const view = () => ({ place: 'students' as const, name: `View ${++views}`, search: 'grade=07', isShared: false })

test('a person keeps a hundred views, and one more when one is deleted', async () => {
  const viewer = await makePerson(school, 'viewer')
  const add = () => as(viewer).savedViews.create(view())
  const first = await add()
  for (let n = 1; n < viewsAtMost; n++) await add()
  expect(await reasonOf(add())).toBe('savedView.too_many')
  await as(viewer).savedViews.archive(seen(first))
  expect(await reasonOf(add())).toBe('done')
  expect(await reasonOf(as(await makePerson(school, 'viewer')).savedViews.create(view()))).toBe('done')
})

test('whoever has written more in an hour than anybody types changes no view until the hour is over', async () => {
  const viewer = await makePerson(school, 'viewer')
  let own = await as(viewer).savedViews.create(view())
  const rename = async (at = now) => {
    own = await as(viewer, { now: at }).savedViews.update({ ...seen(own), name: `View ${++views}` })
  }
  for (let n = 2; n < writesAtMost; n++) await rename()
  const operationId = newId()
  own = await as(viewer, { key: operationId }).savedViews.update({ ...seen(own), name: 'The last view' })
  expect(await reasonOf(rename())).toBe('savedView.too_often')
  expect(await reasonOf(as(viewer).savedViews.create(view()))).toBe('savedView.too_often')
  expect(await reasonOf(as(viewer).journal.undo({ operationId }))).toBe('savedView.too_often')
  expect(await reasonOf(rename(new Date(now.getTime() + 3_600_000)))).toBe('done')
})
