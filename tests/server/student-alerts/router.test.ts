import { expect, test } from 'vitest'
import { as, makePerson } from '../../setup/people.ts'
import { makeRecords } from '../../setup/records.ts'
import { api, makeStudent, registrar, school } from '../../setup/school.ts'

const link = (studentId: string, givenName: string, marks: object) =>
  api().studentGuardians.create({
    studentId,
    guardian: { givenName, familyName: 'Abara' },
    relation: 'mother',
    ...marks,
  })
const abouts = async (studentId: string, person = registrar) =>
  (await as(person).studentAlerts.list({ studentId })).cautions.map(({ about }) => about)

test('alerts are kept, corrected, taken away and brought back; the gravest kind comes first', async () => {
  const { id: studentId } = await makeStudent()
  await api().studentAlerts.create({ studentId, kind: 'other', text: 'Wears a hearing aid' })
  const { alerts } = await api().studentAlerts.create({ studentId, kind: 'medical', text: 'Peanuts' })
  expect(alerts.map(({ text }) => text)).toEqual(['Peanuts', 'Wears a hearing aid'])
  const id = alerts[0]?.id ?? ''
  await api().studentAlerts.update({ id, version: 1, text: 'Peanuts and almonds' })
  await expect(api().studentAlerts.update({ id, version: 1, text: 'None' })).rejects.toMatchObject({
    cause: { reason: 'studentAlert.stale' },
  })
  const after = await api().studentAlerts.archive({ id, version: 2 })
  expect(after.alerts.map(({ text }) => text)).toEqual(['Wears a hearing aid'])
  const again = await api().studentAlerts.restore({ id, version: 3 })
  expect(again.alerts.map(({ text }) => text)).toEqual(['Peanuts and almonds', 'Wears a hearing aid'])
})

test('without guardians on record there is nothing to be careful about', async () => {
  expect(await abouts((await makeStudent()).id)).toEqual([])
})

test('nobody who may pick her up, and nobody with custody, is said at her name', async () => {
  const { id: studentId } = await makeStudent()
  await link(studentId, 'Gina', {})
  expect(await abouts(studentId)).toEqual(['nobodyPicksUp', 'noCustody'])
  await link(studentId, 'Fred', { mayPickUp: true })
  expect(await abouts(studentId)).toEqual(['noCustody'])
  await link(studentId, 'Carl', { hasCustody: true })
  expect(await abouts(studentId)).toEqual([])
})

test('the office reads who is barred; an instructor is told to ask, and no name', async () => {
  const mine = await makeRecords(school, 'Mine')
  const instructor = await makePerson(school, 'instructor', mine.instructorId)
  expect(await as(instructor).studentAlerts.list({ studentId: mine.studentId })).toMatchObject({
    alerts: [{ text: 'Peanuts' }],
    cautions: [],
  })
  await link(mine.studentId, 'Zorro', { isBarred: true })
  const seen = await api().studentAlerts.list({ studentId: mine.studentId })
  expect(seen.cautions).toEqual([
    { about: 'barred', guardian: { id: expect.any(String), givenName: 'Zorro', familyName: 'Abara' } },
  ])
  const told = await as(instructor).studentAlerts.list({ studentId: mine.studentId })
  expect(told.cautions).toEqual([{ about: 'askOffice' }])
  expect(JSON.stringify(told)).not.toContain('Zorro')
})

test("an instructor reads the alerts of their own students only, a viewer nobody's", async () => {
  const mine = await makeRecords(school, 'Own')
  const others = await makeRecords(school, 'Others')
  const instructor = await makePerson(school, 'instructor', mine.instructorId)
  await expect(as(instructor).studentAlerts.list({ studentId: others.studentId })).rejects.toMatchObject({
    cause: { reason: 'student.not_found' },
  })
  const viewer = await makePerson(school, 'viewer')
  await expect(as(viewer).studentAlerts.list({ studentId: mine.studentId })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
})
