import { expect, test } from 'vitest'
import type { Role } from '../../../db/values.ts'
import type { Person } from '../../../server/trpc.ts'
import { refusal, seen } from '../../setup/answers.ts'
import { as, makePerson } from '../../setup/people.ts'
import { api, doing, school, undo } from '../../setup/school.ts'

const view = (name: string, isShared = false) => ({ place: 'students' as const, name, search: 'grade=07', isShared })
const names = async (who: Person) => (await as(who).savedViews.list({ place: 'students' })).map(({ name }) => name)
/** The person as their next request finds them, once somebody has given them another role. */
async function withRole(person: Person, role: Role): Promise<Person> {
  const administrator = await makePerson(school, 'administrator')
  const member = (await as(administrator).members.list({})).find(({ email }) => email === person.email)
  await as(administrator).members.update({ ...seen(member ?? { id: '', version: 0 }), role })
  return { ...person, memberships: [{ school, role, instructorId: null }] }
}

test('who may no longer share a view does not share one by taking something back', async () => {
  const person = await makePerson(school, 'registrar')
  const kept = await as(person).savedViews.create(view('Kept to oneself', true))
  const cleared = await as(person).savedViews.create(view('Cleared away', true))
  const former = await withRole(person, 'viewer')
  const hidden = await doing((who) => who.savedViews.update({ ...seen(kept), isShared: false }), former)
  const archived = await doing((who) => who.savedViews.archive(seen(cleared)), former)
  for (const operation of [hidden, archived])
    await expect(undo(operation, former)).rejects.toMatchObject(refusal('permission.missing'))
  const renamed = await doing((who) => who.savedViews.update({ id: kept.id, version: 2, name: 'Renamed' }), former)
  await undo(renamed, former)
  expect(await names(former)).toContain('Kept to oneself')
  await undo(archived, await withRole(former, 'registrar'))
  expect(await names(await makePerson(school, 'viewer'))).toContain('Cleared away')
})

test('of other people’s views the office takes back only that a shared one was cleared away', async () => {
  const owner = await makePerson(school, 'administrator')
  const own = await as(owner).savedViews.create(view('My own'))
  const renamed = await doing((who) => who.savedViews.update({ ...seen(own), name: 'Still my own' }), owner)
  await expect(undo(renamed)).rejects.toMatchObject(refusal('operation.not_found'))
  const shared = await as(owner).savedViews.create(view('Of all', true))
  const retitled = await doing((who) => who.savedViews.update({ ...seen(shared), name: 'Of everybody' }), owner)
  await expect(undo(retitled)).rejects.toMatchObject(refusal('permission.missing'))
  await undo(await doing((who) => who.savedViews.archive({ id: shared.id, version: 2 })))
  expect(await names(owner)).toEqual(expect.arrayContaining(['Still my own', 'Of everybody']))
})

test('a view does not come back under a name that its owner has given to another', async () => {
  const first = await api().savedViews.create(view('Seventh'))
  const archived = await doing((who) => who.savedViews.archive(seen(first)))
  await api().savedViews.create(view('Seventh'))
  await expect(undo(archived)).rejects.toMatchObject(refusal('savedView.name_taken'))
})
