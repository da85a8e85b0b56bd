import { expect, test } from 'vitest'
import { as, makePerson } from '../../../setup/people.ts'
import { enrollmentsFile, importFiles, rowsIn, schoolOf, smallSchool, usersFile } from '../bundle.ts'

const student = (org: string, id: string, given = 'Ada', status = '') =>
  `${id},${status},,${org},student,${given},Abara,,${id}@school.example,9`
const bundle = (org: string, users: string[], enrollments: string[] = [], mode = 'bulk') =>
  smallSchool(org, {
    'manifest.csv': `propertyName,value\nfile.users,${mode}\nfile.enrollments,${mode}\n`,
    'users.csv': usersFile(...users, `t1,,,${org},teacher,Lee,Park,,,`),
    'enrollments.csv': enrollmentsFile(...enrollments, 'et,,c1,t1,teacher,true,,'),
  })
const seats = ['e1,,c1,one,student,,2026-08-31,2026-10-30', 'e2,,c1,two,student,,2026-11-02,']
const accepted = { acceptShrink: true }

/** The register has one student under two ids of the other system; the first is the record's own. */
async function merged(org: string) {
  await importFiles(bundle(org, [student(org, 'one'), student(org, 'two')], seats))
  const school = await schoolOf(org)
  if (!school) throw new Error('no school')
  const registrar = as(await makePerson(school, 'registrar'))
  const rows = await rowsIn('students', org)
  const [kept, gone] = ['one', 'two'].map((id) => rows.find(({ sourcedId }) => sourcedId === id))
  if (!kept || !gone) throw new Error('two students are needed')
  const input = { id: gone.id, version: gone.version, intoId: kept.id, intoVersion: kept.version }
  await registrar.students.merge(input)
  return kept.id
}
const standing = async (org: string, id: string) => {
  const row = (await rowsIn('students', org)).find((one) => one.id === id)
  const open = (await rowsIn('enrollments', org)).filter(
    ({ archivedAt, studentId, status }) => !archivedAt && studentId === id && status === 'enrolled',
  )
  return { isThere: row?.archivedAt === null, sourcedId: row?.sourcedId, givenName: row?.givenName, open: open.length }
}

test('a student whose other id the system keeps stays, with her classes, and is told of under that id', async () => {
  const id = await merged('other-id')
  const users = [student('other-id', 'one', 'Ada', 'tobedeleted'), student('other-id', 'two', 'Adele')]
  const rows = [`${seats[0]}`.replace('e1,', 'e1,tobedeleted'), `${seats[1]}`]
  const { texts } = await importFiles(bundle('other-id', users, rows), accepted)
  expect(texts.warnings).toContain(
    'users.csv, line 2: one is to be deleted, and two, which was merged into the same record, is not: the record goes on as two',
  )
  expect(await standing('other-id', id)).toEqual({ isThere: true, sourcedId: 'two', givenName: 'Adele', open: 1 })
  const again = await importFiles(bundle('other-id', users, rows), accepted)
  expect(again.totals).toMatchObject({ student: { new: 0, changed: 0, archived: 0 }, enrollment: { changed: 0 } })
  expect(again.missing).toEqual([])
})

test('so does one whose own id a complete bundle simply no longer has', async () => {
  const id = await merged('left-out')
  const files = bundle('left-out', [student('left-out', 'two', 'Adele')], [`${seats[1]}`])
  const { missing } = await importFiles(files, { ...accepted, endMissing: true })
  expect(missing).toEqual([])
  expect(await standing('left-out', id)).toMatchObject({ isThere: true, sourcedId: 'two', givenName: 'Adele', open: 1 })
})

test('a delta that deletes one id and says nothing of the other leaves her under the other', async () => {
  const id = await merged('delta')
  const users = `sourcedId,status,orgSourcedIds,role,givenName,familyName\none,tobedeleted,delta,student,Ada,Abara\n`
  const { texts } = await importFiles({ 'users.csv': users })
  expect(texts.warnings.join()).toContain('the record goes on as two')
  expect(await standing('delta', id)).toMatchObject({ isThere: true, sourcedId: 'two' })
  await importFiles({ 'users.csv': users.replace('one,tobedeleted', 'two,').replace('Ada,', 'Adele,') })
  expect(await standing('delta', id)).toMatchObject({ givenName: 'Adele' })
  await importFiles({ 'users.csv': users.replace('one,', 'two,') })
  expect(await standing('delta', id)).toMatchObject({ isThere: false, open: 0 })
})

test('the id that was deleted before keeps her no more, by a delta or because a complete bundle has it no longer', async () => {
  const users = (org: string, id: string) =>
    `sourcedId,status,orgSourcedIds,role,givenName,familyName\n${id},tobedeleted,${org},student,Ada,Abara\n`
  const told = await merged('told-before')
  await importFiles({ 'users.csv': users('told-before', 'two') })
  expect(await standing('told-before', told)).toMatchObject({ isThere: true, sourcedId: 'one' })
  await importFiles({ 'users.csv': users('told-before', 'one') })
  expect(await standing('told-before', told)).toMatchObject({ isThere: false, open: 0 })
  const lost = await merged('lost-before')
  const whole = bundle('lost-before', [student('lost-before', 'one')], [`${seats[0]}`])
  await importFiles(whole, accepted)
  expect((await importFiles(whole)).totals.student).toMatchObject({ changed: 0 })
  await importFiles({ 'users.csv': users('lost-before', 'one') })
  expect(await standing('lost-before', lost)).toMatchObject({ isThere: false })
})

test('an id that the other system has again keeps her again', async () => {
  const id = await merged('again')
  const row = (user: string, status: string) =>
    `sourcedId,status,orgSourcedIds,role,givenName,familyName\n${user},${status},again,student,Ada,Abara\n`
  for (const [user, status] of [
    ['two', 'tobedeleted'],
    ['two', 'active'],
    ['one', 'tobedeleted'],
  ] as const)
    await importFiles({ 'users.csv': row(user, status) })
  expect(await standing('again', id)).toMatchObject({ isThere: true, sourcedId: 'two' })
})

test('she leaves when both ids are deleted, or a complete bundle has neither', async () => {
  const [both, none] = [await merged('both'), await merged('neither')]
  const gone = ['one', 'two'].map((id) => student('both', id, 'Ada', 'tobedeleted'))
  await importFiles(bundle('both', gone), accepted)
  expect(await standing('both', both)).toMatchObject({ isThere: false })
  await importFiles(bundle('neither', [student('neither', 'one', 'Ada', 'tobedeleted')]), accepted)
  expect(await standing('neither', none)).toMatchObject({ isThere: false })
})

test('a guardian who names the id that stays, and one who names the other, are hers', async () => {
  const id = await merged('related')
  const parents = `sourcedId,status,orgSourcedIds,role,givenName,familyName,agentSourcedIds
one,tobedeleted,related,student,Ada,Abara,
two,,related,student,Ada,Abara,
p1,,related,parent,Pa,Abara,two
p2,,related,parent,Ma,Abara,one
`
  await importFiles({ ...bundle('related', [], [`${seats[1]}`]), 'users.csv': parents }, accepted)
  const links = await rowsIn('studentGuardians', 'related')
  const guardians = await rowsIn('guardians', 'related')
  const names = links
    .filter(({ studentId, archivedAt }) => studentId === id && !archivedAt)
    .map(({ guardianId }) => guardians.find((one) => one.id === guardianId)?.givenName)
  expect(names.toSorted()).toEqual(['Ma', 'Pa'])
})
