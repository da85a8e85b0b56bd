/** What follows an import in the register: freed seats pass on, and collisions are marked. Today is 20 November 2026. */
import { expect, test } from 'vitest'
import type { Caller } from '../../../setup/people.ts'
import { as, makePerson } from '../../../setup/people.ts'
import type { Files } from '../bundle.ts'
import { enrollmentsFile, found, importFiles, rowsIn, schoolOf, smallSchool } from '../bundle.ts'

/** Ids are the same in every school here, so each bundle says which school it is of. */
const bring = (org: string, more: Files, options = {}) => importFiles(smallSchool(org, more), options)

const begun = '2026-08-31,2027-01-29'
const amara = (status = '') => `e1,${status},c1,s1,student,,${begun}`

/** Art 1 has one seat, which Amara holds, and Wai waits. */
async function fullClass(org: string, more: Files = {}) {
  await bring(org, { 'enrollments.csv': enrollmentsFile(amara()), ...more })
  const registrar = await makePerson((await schoolOf(org)) as never, 'registrar')
  const office = () => as(registrar)
  const { id, version } = await found('classes', org, 'c1')
  await office().classes.update({ id, version, capacity: 1 })
  const wai = await office().students.create({ givenName: 'Wai', familyName: 'Ter' })
  await office().classes.enroll({ classId: id, studentIds: [wai.id], waitlist: true })
  const seats = async () => {
    const { taken, waiting, roster } = await office().classes.get({ id })
    const seated = roster.filter(({ status }) => status === 'enrolled').map(({ givenName }) => givenName)
    return { taken, waiting, seated }
  }
  expect(await seats()).toEqual({ taken: 1, waiting: 1, seated: ['Amara'] })
  return { office, classId: id, waiId: wai.id, seats }
}
const waiSits = { taken: 1, waiting: 0, seated: ['Wai'] }
const waiWaits = { taken: 1, waiting: 1 }

test('a seat that an import frees goes to whoever waits, in the same operation', async () => {
  const { seats, waiId } = await fullClass('freed')
  const { notes } = await bring('freed', { 'enrollments.csv': enrollmentsFile(amara('tobedeleted')) })
  expect(await seats()).toEqual(waiSits)
  expect(notes).toContain('Students who waited and have a seat now: 1')
  const operations = await rowsIn('operations', 'freed')
  const last = operations.findLast(({ way }) => way === 'import')
  const told = (await rowsIn('journal', 'freed')).filter(({ operationId }) => operationId === last?.id)
  expect(told.map(({ entity }) => entity)).toEqual(['enrollment', 'enrollment'])
  const promoted = (await rowsIn('enrollments', 'freed')).find(({ studentId }) => studentId === waiId)
  expect(promoted).toMatchObject({ id: told[1]?.entityId, beginDate: '2026-11-20', waitlistPosition: null, version: 2 })
  const again = await bring('freed', { 'enrollments.csv': enrollmentsFile(amara('tobedeleted')) })
  expect(again.totals.enrollment).toMatchObject({ new: 0, changed: 0, archived: 0 })
  expect(again.notes).toEqual([])
})

const ways: Record<string, (org: string) => Files> = {
  'a last day that has passed': () => ({
    'enrollments.csv': enrollmentsFile('e1,,c1,s1,student,,2026-08-31,2026-11-19'),
  }),
  'a status of inactive': () => ({ 'enrollments.csv': enrollmentsFile(amara('inactive')) }),
  'a student who moves to another class': (org) => ({
    'classes.csv': `sourcedId,status,title,courseSourcedId,schoolSourcedId,termSourcedIds\nc2,,Art 2,art,${org},fall\n`,
    'enrollments.csv': enrollmentsFile(`e1,,c2,s1,student,,${begun}`),
  }),
  'a student who becomes a teacher of the class': () => ({
    'enrollments.csv': enrollmentsFile(`e1,,c1,t1,teacher,,${begun}`),
  }),
}
for (const [n, [way, files]] of Object.entries(ways).entries())
  test(`so does a seat freed by ${way}`, async () => {
    const org = `freed-${n}`
    const { seats } = await fullClass(org)
    await bring(org, files(org))
    expect(await seats()).toEqual(waiSits)
  })

test('the bundle’s own students come first, then those who wait', async () => {
  const org = 'own-first'
  const { seats } = await fullClass(org)
  const users = `${String(smallSchool(org)['users.csv'])}s2,,,true,${org},student,bo,Bo,Bell,,200,,,9\n`
  const row = `e9,,c1,s2,student,,${begun}`
  await bring(org, { 'users.csv': users, 'enrollments.csv': enrollmentsFile(amara('tobedeleted'), row) })
  expect(await seats()).toMatchObject({ ...waiWaits, seated: ['Bo'] })
})

test('a dry run gives no seat, nor does an import that frees none', async () => {
  const { seats } = await fullClass('dry')
  const files = { 'enrollments.csv': enrollmentsFile(amara('tobedeleted')) }
  await bring('dry', files, { dryRun: true })
  expect(await seats()).toMatchObject(waiWaits)
  await bring('dry', { 'enrollments.csv': enrollmentsFile(amara()) })
  expect(await seats()).toMatchObject({ ...waiWaits, seated: ['Amara'] })
})

test('a class that the bundle ends or whose terms are over gives no seat', async () => {
  const { seats } = await fullClass('over')
  const sessions = `sourcedId,status,title,type,startDate,endDate\nfall,,Fall,term,2026-08-31,2026-11-19\n`
  const files = { 'academicSessions.csv': sessions, 'enrollments.csv': enrollmentsFile(amara('tobedeleted')) }
  await bring('over', files)
  expect(await seats()).toMatchObject({ taken: 0, waiting: 1 })
})

const meetOnMondays = (office: () => Caller, classId: string) =>
  office().meetings.update({
    ...{ classId, from: '2026-11-23', to: null, seen: [] },
    meetings: [{ weekday: 1, startTime: '09:00', endTime: '10:00' }],
  })

test('an import that makes an instructor or a room collide is stored, and the collision is marked', async () => {
  const org = 'collides'
  const second = (room: string) =>
    `sourcedId,status,title,courseSourcedId,location,schoolSourcedId,termSourcedIds\nc2,,Art 2,art,${room},${org},fall\n`
  await importFiles(smallSchool(org))
  await bring(org, { 'classes.csv': second('Hall') })
  const registrar = await makePerson((await schoolOf(org)) as never, 'registrar')
  const office = () => as(registrar)
  const [one, two] = [await found('classes', org, 'c1'), await found('classes', org, 'c2')]
  await meetOnMondays(office, one.id)
  await meetOnMondays(office, two.id)
  const marks = async () =>
    (await office().meetings.list({ classId: two.id })).meetings.flatMap(({ collisions }) =>
      collisions.map(({ kind, classTitle, reason }) => [kind, classTitle, reason]),
    )
  const onHome = async () =>
    (await office().home.get()).attention.find(({ kind }) => kind === 'classesColliding')?.count
  const taught = await bring(org, { 'enrollments.csv': enrollmentsFile('e9,,c2,t1,teacher,,,') })
  expect(taught).toMatchObject({ isApplied: true, rejected: { total: 0 } })
  expect(await marks()).toEqual([['instructor', 'Art 1', null]])
  expect(await onHome()).toBe(2)
  await bring(org, { 'enrollments.csv': enrollmentsFile('e9,tobedeleted,c2,t1,teacher,,,') })
  expect(await onHome()).toBeUndefined()
  const moved = await bring(org, { 'classes.csv': second('Studio') })
  expect(moved).toMatchObject({ isApplied: true, rejected: { total: 0 } })
  expect(await marks()).toEqual([['room', 'Art 1', null]])
  expect(await onHome()).toBe(2)
})
