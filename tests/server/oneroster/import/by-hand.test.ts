import { expect, test } from 'vitest'
import { as, makePerson } from '../../../setup/people.ts'
import { enrollmentsFile, importFiles, rowsIn, schoolOf, smallSchool, usersFile } from '../bundle.ts'

const enrolled = (org: string, row: string) =>
  smallSchool(org, { 'enrollments.csv': enrollmentsFile(row, 'e9,,c1,t1,teacher,,,') })

/** The bundle deletes the student's enrollment, and the office enrolls her by hand on the same day, with a grade. */
async function enrolledAgain(org: string) {
  await importFiles(enrolled(org, 'e1,,c1,s1,student,,2026-08-31,2027-01-29'))
  await importFiles(enrolled(org, 'e1,tobedeleted,c1,s1,student,,2026-08-31,2027-01-29'))
  const school = await schoolOf(org)
  const [former] = await rowsIn('enrollments', org)
  if (!school || !former) throw new Error('nothing was imported')
  const registrar = await makePerson(school, 'registrar')
  const { classId, studentId } = former
  await as(registrar).classes.enroll({ classId, studentIds: [studentId], beginDate: '2026-08-31' })
  const own = (await rowsIn('enrollments', org)).find(({ archivedAt }) => !archivedAt)
  if (!own) throw new Error('she is not enrolled')
  await as(registrar).enrollments.update({ id: own.id, version: own.version, grade: 'A' })
  return own.id
}
const stored = async (org: string) =>
  (await rowsIn('enrollments', org)).map(({ id, sourcedId, grade, beginDate, archivedAt }) => ({
    ...{ id, sourcedId, grade, beginDate },
    inUse: archivedAt === null,
  }))

test('a new enrollment of the bundle goes on with the one made by hand, and not with an archived one of that day', async () => {
  const id = await enrolledAgain('hand')
  const { texts } = await importFiles(enrolled('hand', 'e5,,c1,s1,student,,2026-08-31,2027-01-29'))
  expect(texts.warnings).toEqual([])
  expect((await stored('hand')).toSorted((a, b) => Number(b.inUse) - Number(a.inUse))).toEqual([
    { id, sourcedId: 'e5', grade: 'A', beginDate: '2026-08-31', inUse: true },
    { id: expect.any(String), sourcedId: 'e1', grade: null, beginDate: '2026-08-31', inUse: false },
  ])
})

test('what gives way to the bundle keeps its first day', async () => {
  const id = await enrolledAgain('back')
  const { texts } = await importFiles(enrolled('back', 'e1,,c1,s1,student,,2026-08-31,2027-01-29'))
  expect(texts.warnings.join()).toContain('made by hand')
  expect((await stored('back')).find((row) => row.id === id)).toEqual({
    ...{ id, sourcedId: null, grade: 'A', beginDate: '2026-08-31', inUse: false },
  })
})

test('a primary assignment that is stored as one with another leaves the mark to that one', async () => {
  const teaching = (...rows: string[]) =>
    smallSchool('primary', { 'enrollments.csv': enrollmentsFile(...rows, 'e1,,c1,s1,student,,,') })
  await importFiles(
    teaching('e8,,c1,t1,teacher,true,2026-09-01,2026-10-01', 'e9,,c1,t1,teacher,false,2026-11-01,2027-01-29'),
  )
  await importFiles(
    teaching('e9,,c1,t1,teacher,true,2026-10-10,2027-01-29', 'e8,,c1,t1,teacher,false,2026-10-20,2026-11-05'),
  )
  const inUse = (await rowsIn('classInstructors', 'primary')).filter(({ archivedAt }) => !archivedAt)
  expect(inUse.filter(({ isPrimary }) => isPrimary)).toMatchObject([{ sourcedId: 'e9', beginDate: '2026-10-10' }])
})

test('an enrollment that goes to another student leaves its first day to one that comes back', async () => {
  await enrolledAgain('moved')
  await importFiles(enrolled('moved', 'e5,,c1,s1,student,,2026-08-31,2027-01-29'))
  const student = (id: string) => `${id},,true,moved,student,Amara,Abara,,,9`
  await importFiles({
    ...smallSchool('moved', { 'users.csv': usersFile(student('s1'), student('s2')) }),
    'enrollments.csv': enrollmentsFile('e1,,c1,s1,student,,2026-08-31,', 'e5,,c1,s2,student,,2026-08-31,'),
  })
  const inUse = (await rowsIn('enrollments', 'moved')).filter(({ archivedAt }) => !archivedAt)
  expect(inUse.map(({ sourcedId, beginDate }) => [sourcedId, beginDate]).toSorted()).toEqual([
    ['e1', '2026-08-31'],
    ['e5', '2026-08-31'],
  ])
})
