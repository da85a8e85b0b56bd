/** How much the lowest role can write: each of these stays in the journal for good. */
import { afterAll, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { viewsAtMost } from '../../../server/saved-views/bounds.ts'
import { reasonOf, seen } from '../../setup/answers.ts'
import { as, db, makePerson, makeSchool } from '../../setup/people.ts'

const school = await makeSchool()
afterAll(() => db.close())

let views = 0
const view = () => ({ place: 'students' as const, name: `View ${++views}`, search: 'grade=07', isShared: false })

test('a person keeps a hundred views; a deleted one makes room, and an undo brings none back beyond them', async () => {
  const viewer = await makePerson(school, 'viewer')
  const add = () => as(viewer).savedViews.create(view())
  const first = await add()
  for (let n = 1; n < viewsAtMost; n++) await add()
  expect(await reasonOf(add())).toBe('savedView.too_many')
  const deletion = newId()
  await as(viewer, { key: deletion }).savedViews.archive(seen(first))
  expect(await reasonOf(add())).toBe('done')
  expect(await reasonOf(as(viewer).journal.undo({ operationId: deletion }))).toBe('savedView.too_many')
  expect(await reasonOf(as(await makePerson(school, 'viewer')).savedViews.create(view()))).toBe('done')
})
