import { expect, test } from 'vitest'
import { refusal, seen } from '../../setup/answers.ts'
import type { Caller } from '../../setup/people.ts'
import { api, doing, makeClass, makeInstructor, undo } from '../../setup/school.ts'
import { everything, sinceThen } from './undoing.ts'

const fall = { beginDate: '2026-08-31', endDate: '2027-01-29' }
const spring = { beginDate: '2027-02-01', endDate: '2027-06-18' }
type Days = Partial<typeof fall>

const primariesOf = async (classId: string) =>
  (await api().classes.get({ id: classId })).assignments
    .flatMap(({ isPrimary, givenName }) => (isPrimary ? givenName : []))
    .toSorted()

/** Ann is primary in fall, Bob in spring. */
async function classOfTwo() {
  const { id: classId } = await makeClass()
  const assign = async (givenName: string, days: Days, who: Caller = api()) => {
    const { id: instructorId } = await makeInstructor({ givenName })
    return who.classInstructors.create({ classId, instructorId, isPrimary: true, ...days })
  }
  return { classId, assign, ann: await assign('Ann', fall), bob: await assign('Bob', spring) }
}

test('who was primary in two terms gives both their marks back, and takes them again', async () => {
  const { classId, assign } = await classOfTwo()
  const before = await everything()
  const operationId = await doing((who) => assign('Cleo', { beginDate: '2027-01-15' }, who))
  expect(await primariesOf(classId)).toEqual(['Cleo'])
  const { operationId: undone } = await undo(operationId)
  expect(await primariesOf(classId)).toEqual(['Ann', 'Bob'])
  expect(sinceThen(before, await everything()).known).toEqual(before)
  await undo(undone)
  expect(await primariesOf(classId)).toEqual(['Cleo'])
})

test('a mark goes back beside the primary of another term, and not beside one of the same days', async () => {
  const { classId, assign, ann, bob } = await classOfTwo()
  const unmark = (row: typeof ann) => doing((who) => who.classInstructors.update({ ...seen(row), isPrimary: false }))
  const operationId = await unmark(ann)
  const rival = await assign('Cleo', { beginDate: '2027-01-29', endDate: '2027-01-31' })
  await expect(undo(operationId)).rejects.toMatchObject(refusal('undo.changed'))
  expect(await primariesOf(classId)).toEqual(['Bob', 'Cleo'])
  await api().classInstructors.update({ ...seen(rival), beginDate: '2027-01-30' })
  await undo(operationId)
  expect(await primariesOf(classId)).toEqual(['Ann', 'Bob', 'Cleo'])
  await undo(await unmark(bob))
  expect(await primariesOf(classId)).toEqual(['Ann', 'Bob', 'Cleo'])
})

test('a term that grew into the next one shrinks again, and the next one’s primary has the mark back', async () => {
  const { classId, ann } = await classOfTwo()
  const operationId = await doing((who) => who.classInstructors.update({ ...seen(ann), endDate: '2027-02-01' }))
  expect(await primariesOf(classId)).toEqual(['Ann'])
  await undo(operationId)
  expect(await primariesOf(classId)).toEqual(['Ann', 'Bob'])
})
