import { and, eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { journal, operations } from '../../../db/schema/index.ts'
import { verifyJournals } from '../../../server/journal/verify.ts'
import { refusal } from '../../setup/answers.ts'
import { as, db, makePerson } from '../../setup/people.ts'
import { makeRecords } from '../../setup/records.ts'
import { api, doing, enroll, registrar, school, undo } from '../../setup/school.ts'
import { enrollmentRow } from './undoing.ts'

let ids: Awaited<ReturnType<typeof makeRecords>>
let made = 0
beforeEach(async () => {
  ids = await makeRecords(school, `Undo${++made}`)
})

const three = (familyName: string) => ['A', 'B', 'C'].map((givenName) => ({ givenName, familyName }))

test('a change is taken back under the next version, with names found again as they were', async () => {
  const operationId = await doing((who) =>
    who.students.update({ id: ids.studentId, version: 1, familyName: 'Zimmermann', number: 'Z-1' }),
  )
  expect(await undo(operationId)).toMatchObject({ changed: 1 })
  expect(await api().students.get({ id: ids.studentId })).toMatchObject({
    familyName: `Undo${made}`,
    number: null,
    version: 3,
  })
  expect(await api().students.count({ search: `Undo${made}` })).toBe(1)
  expect(await api().students.count({ search: 'Zimmermann' })).toBe(0)
})

test('many at once are taken back at once, and the undo can be undone', async () => {
  const name = `Many${made}`
  const { operationId } = await api().students.createMany({ items: three(name) })
  const undone = await undo(operationId)
  expect(await api().students.count({ search: name })).toBe(0)
  expect(await api().students.count({ search: name, archived: true })).toBe(3)
  await undo(undone.operationId)
  expect(await api().students.count({ search: name })).toBe(3)
})

test('archiving a whole list is taken back', async () => {
  const name = `List${made}`
  await api().students.createMany({ items: three(name) })
  const { operationId } = await api().students.archiveMany({ filter: { search: name }, expected: 3 })
  expect(await undo(operationId)).toMatchObject({ changed: 3 })
  expect(await api().students.count({ search: name })).toBe(3)
})

test('a number that went from one student to another goes back the same way', async () => {
  const one = await api().students.create({ givenName: 'One', familyName: 'Number', number: `N-${made}` })
  const operationId = await doing((who) => who.students.archive({ id: one.id, version: 1 }))
  const other = await api().students.create({ givenName: 'Other', familyName: 'Number', number: `N-${made}` })
  await expect(undo(operationId)).rejects.toMatchObject(refusal('student.number_taken'))
  await api().students.update({ id: other.id, version: 1, number: '' })
  await undo(operationId)
  expect(await api().students.get({ id: one.id })).toMatchObject({ number: `N-${made}`, archivedAt: null })
})

test('what somebody has changed since stays, and is named; nothing else is taken back either', async () => {
  const name = `Since${made}`
  const { operationId, outcomes } = await api().students.createMany({ items: three(name) })
  const id = String(outcomes[1]?.id)
  await api().students.update({ id, version: 1, gradeLevel: '07' })
  await expect(undo(operationId)).rejects.toMatchObject({
    cause: { reason: 'undo.changed', details: { records: [{ entity: 'student', id }] } },
  })
  expect(await api().students.count({ search: name })).toBe(3)
})

test('a student who has come into a class since is not taken away again', async () => {
  const { operationId, outcomes } = await api().students.createMany({ items: three(`Used${made}`) })
  await enroll(ids.classId, [String(outcomes[0]?.id)])
  await expect(undo(operationId)).rejects.toMatchObject({
    cause: { reason: 'undo.changed', details: { records: [{ entity: 'enrollment' }] } },
  })
})

async function capacity(seats: number) {
  const { version } = await api().classes.get({ id: ids.classId })
  await api().classes.update({ id: ids.classId, version, capacity: seats })
}
const enrollment = () => enrollmentRow(ids.enrollmentId)

test('a withdrawal is taken back while the class has a seat, and refused once it is full', async () => {
  const operationId = await doing((who) =>
    who.students.archiveMany({ items: [{ id: ids.studentId, version: 1 }], standing: 'end' }),
  )
  expect(await enrollment()).toMatchObject({ status: 'withdrawn' })
  await capacity(0)
  await expect(undo(operationId)).rejects.toMatchObject(refusal('class.full'))
  expect(await enrollment()).toMatchObject({ status: 'withdrawn' })
  await capacity(1)
  await undo(operationId)
  expect(await enrollment()).toMatchObject({ status: 'enrolled', endDate: null })
  expect(await api().students.get({ id: ids.studentId })).toMatchObject({ archivedAt: null })
})

test('one takes back what one did oneself; the office what anybody did; nobody a change of roles', async () => {
  const operationId = await doing((who) => who.students.update({ id: ids.studentId, version: 1, isCoop: true }))
  const viewer = await makePerson(school, 'viewer')
  await expect(undo(operationId, viewer)).rejects.toMatchObject(refusal('permission.missing'))
  await undo(operationId, await makePerson(school, 'administrator'))
  const [grant] = await db
    .select({ id: journal.operationId })
    .from(journal)
    .where(and(eq(journal.schoolId, school.id), eq(journal.entity, 'membership')))
  await expect(undo(String(grant?.id))).rejects.toMatchObject(refusal('undo.elsewhere'))
  await expect(undo(newId())).rejects.toMatchObject(refusal('operation.not_found'))
})

test('what is done again by a repeated request is undone once', async () => {
  const operationId = await doing((who) => who.students.update({ id: ids.studentId, version: 1, isCoop: true }))
  const key = newId()
  const first = await as(registrar, { key }).journal.undo({ operationId })
  expect(await as(registrar, { key }).journal.undo({ operationId })).toEqual(first)
  expect(await api().students.get({ id: ids.studentId })).toMatchObject({ isCoop: false, version: 3 })
})

test('a command line’s work and what was erased cannot be taken back, and the journal holds together', async () => {
  const [first] = await db
    .select({ id: operations.id })
    .from(operations)
    .where(and(eq(operations.schoolId, school.id), eq(operations.way, 'cli')))
  await expect(undo(String(first?.id))).rejects.toMatchObject(refusal('undo.elsewhere'))
  const operationId = await doing((who) => who.students.update({ id: ids.studentId, version: 1, isCoop: true }))
  await api().students.archive({ id: ids.studentId, version: 2, standing: 'keep' })
  const administrator = await makePerson(school, 'administrator')
  await as(administrator).students.erase({ id: ids.studentId, version: 3, confirm: `Sam Undo${made}` })
  await expect(undo(operationId)).rejects.toMatchObject(refusal('undo.erased'))
  const [report] = await verifyJournals(db, school.slug)
  expect(report?.broken).toBeNull()
})
