import { expect, test } from 'vitest'
import { as, makePerson } from '../../../setup/people.ts'
import { enrollmentsFile, found, importFiles, rowsIn, schoolOf, smallSchool, usersFile } from '../bundle.ts'

const users = (org: string, student = '', teacher = '') =>
  usersFile(`s1,${student},,${org},student,Ada,One,,,`, `t1,${teacher},,${org},teacher,Lee,Park,,,`)
const school = (org: string, student = '', teacher = '') =>
  smallSchool(org, {
    'users.csv': users(org, student, teacher),
    'enrollments.csv': enrollmentsFile('e1,,c1,s1,student,,,', 'e2,,c1,t1,teacher,true,,'),
  })
const gone = 'tobedeleted'
const ended = { status: 'withdrawn', withdrawalReason: 'other', endDate: '2026-11-20', archivedAt: null }

test('a deleted student’s open enrollments end today, though the bundle has their rows, and once', async () => {
  await importFiles(school('parted'))
  const { notes } = await importFiles(school('parted', gone, gone))
  expect(notes).toContain('Enrollments and assignments of deleted people end today: 2')
  expect(await found('students', 'parted', 's1')).toMatchObject({ archivedAt: expect.any(Date) })
  expect(await found('enrollments', 'parted', 'e1')).toMatchObject(ended)
  expect(await found('classInstructors', 'parted', 'e2')).toMatchObject({ endDate: '2026-11-20', archivedAt: null })
  const nextDay = new Date('2026-11-21T09:00:00Z')
  const again = await importFiles(school('parted', gone, gone), { now: nextDay })
  expect(again.totals).toMatchObject({ enrollment: { changed: 0, same: 1 }, classInstructor: { changed: 0, same: 1 } })
  expect(again.notes.join()).not.toContain('end today')
  expect(await found('enrollments', 'parted', 'e1')).toMatchObject(ended)
})

test('so do those of a delta that holds her own row alone, and those that staff have made', async () => {
  await importFiles(school('alone'))
  const own = await schoolOf('alone')
  if (!own) throw new Error('no school')
  const registrar = await makePerson(own, 'registrar')
  const other = await as(registrar).classes.create({ title: 'By hand' })
  const student = await found('students', 'alone', 's1')
  await as(registrar).classes.enroll({ classId: other.id, studentIds: [student.id] })
  const delta = 'sourcedId,status,orgSourcedIds,role,givenName,familyName\ns1,tobedeleted,alone,student,Ada,One\n'
  await importFiles({ 'users.csv': delta })
  const rows = await rowsIn('enrollments', 'alone')
  expect(rows.map(({ status, archivedAt }) => `${status} ${archivedAt !== null}`)).toEqual([
    'withdrawn false',
    expect.stringContaining('withdrawn'),
  ])
})

test('an active row brings her back into her class', async () => {
  await importFiles(school('restored'))
  await importFiles(school('restored', gone))
  await importFiles(school('restored'))
  expect(await found('students', 'restored', 's1')).toMatchObject({ archivedAt: null })
  expect(await found('enrollments', 'restored', 'e1')).toMatchObject({ status: 'enrolled', endDate: null })
})

test('whoever is deleted in one school stays in her classes of another', async () => {
  const orgs = 'sourcedId,name,type\none-school,One,school\ntwo-school,Two,school\n'
  const classes = 'sourcedId,title,schoolSourcedId\nc1,Art 1,one-school\nc2,Art 2,two-school\n'
  const files = (rows: string[], enrollments: string[]) => ({
    ...smallSchool('one-school'),
    ...{ 'orgs.csv': orgs, 'classes.csv': classes },
    ...{ 'users.csv': usersFile(...rows), 'enrollments.csv': enrollmentsFile(...enrollments) },
  })
  const both = ['e1,,c1,s1,student,,,', 'e2,,c2,s1,student,,,']
  await importFiles(files(['s1,,,"one-school,two-school",student,Ada,One,,,'], both), { source: 'pair' })
  await importFiles({ 'users.csv': usersFile('s1,tobedeleted,,one-school,student,Ada,One,,,') }, { source: 'pair' })
  expect(await found('enrollments', 'one-school', 'e1')).toMatchObject(ended)
  expect(await found('enrollments', 'two-school', 'e2')).toMatchObject({ status: 'enrolled', endDate: null })
})
