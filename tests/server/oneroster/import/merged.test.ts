import { expect, test } from 'vitest'
import { as, makePerson } from '../../../setup/people.ts'
import { enrollmentsFile, importFiles, rowsIn, schoolOf, smallSchool, usersFile } from '../bundle.ts'

const names = (org: string, ...students: string[]) =>
  usersFile(
    ...students.map((id) => `${id},,true,${org},student,Amara,Abara,${id}-number,,9`),
    `t1,,true,${org},teacher,Lee,Park,,,`,
  )
const enrolled = (...rows: string[]) => enrollmentsFile(...rows, 'e9,,c1,t1,teacher,,,')
const contextOf = async (org: string) => {
  const school = await schoolOf(org)
  if (!school) throw new Error('no school')
  return makePerson(school, 'registrar')
}
async function merge(org: string, gone: { id: string }, kept: { id: string }) {
  const registrar = await contextOf(org)
  const [one, other] = [
    await as(registrar).students.get({ id: gone.id }),
    await as(registrar).students.get({ id: kept.id }),
  ]
  const input = { id: one.id, version: one.version, intoId: other.id, intoVersion: other.version }
  return as(registrar).students.merge(input)
}
const studentIn = async (org: string, sourcedId: string) => {
  const row = (await rowsIn('students', org)).find((student) => student.sourcedId === sourcedId)
  if (!row) throw new Error(`no ${sourcedId}`)
  return row
}
const openIn = async (org: string) =>
  (await rowsIn('enrollments', org))
    .filter(({ archivedAt }) => !archivedAt)
    .map(({ studentId, beginDate }) => ({ studentId, beginDate }))

test('two students of the bundle that were merged stay merged, and both their classes are the one student’s', async () => {
  const files = (more: string[] = []) =>
    smallSchool('doubled', {
      'users.csv': names('doubled', 's1', 's2'),
      'enrollments.csv': enrolled('e1,,c1,s1,student,,2026-08-31,', 'e2,,c1,s2,student,,2026-09-14,', ...more),
    })
  await importFiles(files())
  const [gone, kept] = [await studentIn('doubled', 's2'), await studentIn('doubled', 's1')]
  await merge('doubled', gone, kept)
  const again = await importFiles(files())
  expect(again.totals.student).toMatchObject({ new: 0, changed: 0 })
  expect(again.totals.enrollment).toMatchObject({ new: 0, changed: 0, archived: 0 })
  expect(await openIn('doubled')).toEqual([{ studentId: kept.id, beginDate: '2026-08-31' }])
  expect(await studentIn('doubled', 's2')).toMatchObject({ mergedIntoId: kept.id, archivedAt: expect.any(Date) })
  expect([...again.notes].join()).toContain('merged into another')
})

test('a new class of the student who was merged away is a class of the one she went into', async () => {
  const files = (...rows: string[]) =>
    smallSchool('onward', { 'users.csv': names('onward', 's1', 's2'), 'enrollments.csv': enrolled(...rows) })
  await importFiles(files())
  const [gone, kept] = [await studentIn('onward', 's2'), await studentIn('onward', 's1')]
  await merge('onward', gone, kept)
  await importFiles(files('e1,,c1,s2,student,,2026-08-31,'))
  expect(await openIn('onward')).toEqual([{ studentId: kept.id, beginDate: '2026-08-31' }])
})

test('deleting her in the other system archives the merged-away record alone', async () => {
  const users = (status: string) =>
    usersFile(`s1,,true,gone,student,Amara,Abara,1,,9`, `s2,${status},true,gone,student,Amara,Abara,2,,9`)
  await importFiles(smallSchool('gone', { 'users.csv': users(''), 'enrollments.csv': enrollmentsFile() }))
  const [gone, kept] = [await studentIn('gone', 's2'), await studentIn('gone', 's1')]
  await merge('gone', gone, kept)
  await importFiles(smallSchool('gone', { 'users.csv': users('tobedeleted'), 'enrollments.csv': enrollmentsFile() }))
  expect(await studentIn('gone', 's1')).toMatchObject({ archivedAt: null })
})

test('a record made by hand that took over an imported one is what the next import tells of', async () => {
  const files = (given: string) =>
    smallSchool('byhand-merge', {
      'users.csv': usersFile(
        `s1,,true,byhand-merge,student,${given},Abara,100,,9`,
        't1,,true,byhand-merge,teacher,Lee,Park,,,',
      ),
    })
  await importFiles(files('Amara'))
  const made = await as(await contextOf('byhand-merge')).students.create({ givenName: 'Amara', familyName: 'Abara' })
  await merge('byhand-merge', await studentIn('byhand-merge', 's1'), made)
  const again = await importFiles(files('Ama'))
  expect(again.totals.student).toMatchObject({ new: 0, changed: 1 })
  expect(await studentIn('byhand-merge', 's1')).toMatchObject({ id: made.id, givenName: 'Ama' })
  expect(await openIn('byhand-merge')).toEqual([{ studentId: made.id, beginDate: '2026-08-31' }])
})
