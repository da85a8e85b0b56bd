import { beforeAll, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { listPaths } from '../../../db/values.ts'
import type { School } from '../../../server/context.ts'
import type { Person } from '../../../server/trpc.ts'
import { as, makePerson, makeSchool } from '../../setup/people.ts'
import { api, registrar, school } from '../../setup/school.ts'

let viewer: Person
let other: Person
beforeAll(async () => {
  viewer = await makePerson(school, 'viewer')
  other = await makePerson(await makeSchool('Other'), 'registrar')
})

const view = (name: string, isShared = false) => ({ place: 'students' as const, name, search: 'grade=07', isShared })
const names = async (who: Person) => (await as(who).savedViews.list({ place: 'students' })).map(({ name }) => name)

test('a view of one’s own is seen by nobody else, and a shared one by everybody in the school', async () => {
  await as(viewer).savedViews.create(view('My seventh'))
  const shared = await api().savedViews.create(view('Everybody’s seventh', true))
  expect(shared).toMatchObject({ isMine: true, isShared: true, search: 'grade=07' })
  expect(await names(viewer)).toEqual(['Everybody’s seventh', 'My seventh'])
  expect(await names(registrar)).toEqual(['Everybody’s seventh'])
  expect(await names(other)).toEqual([])
})

test.each(listPaths)('a view of the list of %s is kept, and found there alone', async (place) => {
  const name = `Of ${place}`
  await api().savedViews.create({ ...view(name), place })
  for (const other of listPaths) {
    const found = (await api().savedViews.list({ place: other })).filter((one) => one.name === name)
    expect(found).toHaveLength(other === place ? 1 : 0)
  }
})

test('a shared view is told to those who can open its list: what it searches for may be a name', async () => {
  const { memberships } = registrar
  const instructor = await makePerson(memberships[0]?.school as School, 'instructor')
  const shared = { search: 'q=Okafor', isShared: true }
  await api().savedViews.create({ place: 'guardians', name: 'The Okafors', ...shared })
  await api().savedViews.create({ place: 'instructors', name: 'Teaching', ...shared })
  const told = async (who: Person, place: 'guardians' | 'instructors') =>
    (await as(who).savedViews.list({ place })).map(({ name }) => name).filter((name) => !name.startsWith('Of '))
  expect(await told(registrar, 'guardians')).toEqual(['The Okafors'])
  expect(await told(viewer, 'guardians')).toEqual([])
  expect(await told(viewer, 'instructors')).toEqual(['Teaching'])
  expect(await told(instructor, 'instructors')).toEqual([])
})

test('only the office shares a view, and only its owner changes it', async () => {
  await expect(as(viewer).savedViews.create(view('For all', true))).rejects.toMatchObject({
    cause: { reason: 'permission.missing' },
  })
  const own = await as(viewer).savedViews.create(view('Mine to change'))
  const refused = (who: Person, more: object) =>
    expect(as(who).savedViews.update({ id: own.id, version: 1, ...more })).rejects
  await refused(viewer, { isShared: true }).toMatchObject({ cause: { reason: 'permission.missing' } })
  await refused(registrar, { name: 'Taken over' }).toMatchObject({ cause: { reason: 'savedView.not_found' } })
  await refused(viewer, { name: 'My seventh' }).toMatchObject({ cause: { reason: 'savedView.name_taken' } })
  const renamed = await as(viewer).savedViews.update({ id: own.id, version: 1, name: 'Renamed' })
  expect(renamed).toMatchObject({ name: 'Renamed', version: 2 })
})

test('a shared view can be cleared away by the office, and a name is free again after that', async () => {
  const shared = await api().savedViews.create(view('Old list', true))
  const { id } = shared
  await expect(as(viewer).savedViews.archive({ id, version: 1 })).rejects.toMatchObject({
    cause: { reason: 'permission.missing' },
  })
  await api().savedViews.archive({ id, version: 1 })
  expect(await names(viewer)).not.toContain('Old list')
  await api().savedViews.create(view('Old list'))
})

test('a view nobody has is not there', async () => {
  await expect(api().savedViews.archive({ id: newId(), version: 1 })).rejects.toMatchObject({
    cause: { reason: 'savedView.not_found' },
  })
})
