import { afterAll, beforeAll, expect, test } from 'vitest'
import type { School } from '../../../server/context.ts'
import type { Person } from '../../../server/trpc.ts'
import { as, db, makePerson, makeSchool } from '../../setup/people.ts'
import { makeRecords } from '../../setup/records.ts'

let school: School
let registrar: Person
beforeAll(async () => {
  school = await makeSchool()
  registrar = await makePerson(school, 'registrar')
})
afterAll(() => db.close())

const newStudent = async () => (await as(registrar).students.create({ givenName: 'Amara', familyName: 'Abara' })).id
const link = (studentId: string, givenName: string, marks: object) =>
  as(registrar).studentGuardians.create({
    studentId,
    guardian: { givenName, familyName: 'Abara' },
    relation: 'mother',
    ...marks,
  })
const abouts = async (studentId: string, person = registrar) =>
  (await as(person).studentAlerts.list({ studentId })).cautions.map(({ about }) => about)

test('alerts are kept, corrected, taken away and brought back; the gravest kind comes first', async () => {
  const studentId = await newStudent()
  await as(registrar).studentAlerts.create({ studentId, kind: 'other', text: 'Wears a hearing aid' })
  const { alerts } = await as(registrar).studentAlerts.create({ studentId, kind: 'medical', text: 'Peanuts' })
  expect(alerts.map(({ text }) => text)).toEqual(['Peanuts', 'Wears a hearing aid'])
  const id = alerts[0]?.id ?? ''
  await as(registrar).studentAlerts.update({ id, version: 1, text: 'Peanuts and almonds' })
  await expect(as(registrar).studentAlerts.update({ id, version: 1, text: 'None' })).rejects.toMatchObject({
    cause: { reason: 'studentAlert.stale' },
  })
  const after = await as(registrar).studentAlerts.archive({ id, version: 2 })
  expect(after.alerts.map(({ text }) => text)).toEqual(['Wears a hearing aid'])
  const again = await as(registrar).studentAlerts.restore({ id, version: 3 })
  expect(again.alerts.map(({ text }) => text)).toEqual(['Peanuts and almonds', 'Wears a hearing aid'])
})

test('without guardians on record there is nothing to be careful about', async () => {
  expect(await abouts(await newStudent())).toEqual([])
})

test('nobody who may pick her up, and nobody with custody, is said at her name', async () => {
  const studentId = await newStudent()
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
  const seen = await as(registrar).studentAlerts.list({ studentId: mine.studentId })
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
