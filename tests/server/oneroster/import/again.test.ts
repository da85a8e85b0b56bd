import { expect, test } from 'vitest'
import type { Database, Transaction } from '../../../../db/database.ts'
import { importBundle } from '../../../../server/oneroster/import.ts'
import { updateStudent } from '../../../../server/students/update.ts'
import { contextOf, db, makePerson, makeSchool, now } from '../../../setup/people.ts'
import { enrollmentsFile, folderOf, found, importFiles, rowsIn, schoolOf, smallSchool, usersFile } from '../bundle.ts'

test('a small bundle brings a school with its class, its people and who sits where', async () => {
  const result = await importFiles(smallSchool('small'))
  expect(result).toMatchObject({ isApplied: true, rejected: { total: 0 }, warnings: { total: 0 } })
  expect(await schoolOf('small')).toMatchObject({ slug: 'school-small', timeZone: 'Europe/London', locale: 'en-GB' })
  const student = await found('students', 'small', 's1')
  expect(student).toMatchObject({ givenName: 'Amara', number: '100', gradeLevel: '09', email: 'amara@school.example' })
  expect(student.extra).toEqual({ username: 'amara', phone: '123', orgSourcedIds: 'small' })
  const [enrollment] = await rowsIn('enrollments', 'small')
  expect(enrollment).toMatchObject({
    studentId: student.id,
    status: 'enrolled',
    beginDate: '2026-08-31',
    endDate: '2027-01-29',
  })
  expect(await rowsIn('classInstructors', 'small')).toMatchObject([{ isPrimary: true, beginDate: null }])
  expect(await rowsIn('rooms', 'small')).toMatchObject([{ name: 'Studio' }])
})

test('every record of an import is told in the journal, under one operation for each school', async () => {
  await importFiles(smallSchool('told'))
  expect(await rowsIn('operations', 'told')).toMatchObject([{ way: 'import', procedure: 'import', actorId: null }])
  const entities = (await rowsIn('journal', 'told')).map(({ entity }) => entity)
  expect(entities).toEqual([
    'school',
    'academicSession',
    'course',
    'room',
    'student',
    'instructor',
    'class',
    'classTerm',
    'classInstructor',
    'enrollment',
  ])
})

test('a second run changes nothing, not even the journal', async () => {
  const files = smallSchool('twice')
  await importFiles(files)
  const before = { journal: await rowsIn('journal', 'twice'), operations: await rowsIn('operations', 'twice') }
  const again = await importFiles(files)
  expect(Object.values(again.totals).every((total) => !total.new && !total.changed && !total.archived)).toBe(true)
  expect({ journal: await rowsIn('journal', 'twice'), operations: await rowsIn('operations', 'twice') }).toEqual(before)
})

test('a changed name changes one record, and says so in the journal', async () => {
  const files = smallSchool('renamed')
  await importFiles(files)
  const known = (await rowsIn('journal', 'renamed')).length
  const users = String(files['users.csv']).replace('Amara,Abara', 'Amara,Abara-Lee')
  const again = await importFiles({ ...files, 'users.csv': users })
  expect(again.totals.student).toEqual({ new: 0, changed: 1, same: 0, archived: 0 })
  expect(await found('students', 'renamed', 's1')).toMatchObject({
    familyName: 'Abara-Lee',
    version: 2,
    sortName: 'abara lee\tamara',
  })
  const [entry] = (await rowsIn('journal', 'renamed')).slice(known)
  expect(entry).toMatchObject({ entity: 'student', version: 2, fields: ['familyName'] })
})

test('a dry run says what would change and changes nothing', async () => {
  const result = await importFiles(smallSchool('dry'), { dryRun: true })
  expect(result).toMatchObject({ isApplied: false, totals: { student: { new: 1 }, enrollment: { new: 1 } } })
  expect(await schoolOf('dry')).toBeUndefined()
})

test('what staff added by hand stays when the bundle says nothing of it', async () => {
  const files = smallSchool('kept')
  await importFiles(files)
  const school = await schoolOf('kept')
  if (!school) throw new Error('no school')
  const registrar = await makePerson(school, 'registrar')
  const { id, version } = await found('students', 'kept', 's1')
  await updateStudent(contextOf(registrar), {
    id,
    version,
    isCoop: true,
    birthDate: '2011-02-03',
    preferredName: 'Ama',
  })
  await importFiles(files)
  expect(await found('students', 'kept', 's1')).toMatchObject({
    isCoop: true,
    birthDate: '2011-02-03',
    preferredName: 'Ama',
    version: 2,
  })
})

test('an edit made between the comparison and the writing survives: the import compares again', async () => {
  const files = smallSchool('moved')
  await importFiles(files)
  const school = await schoolOf('moved')
  if (!school) throw new Error('no school')
  const registrar = await makePerson(school, 'registrar')
  let edits = 0
  const disturbed: Database = Object.assign(Object.create(db), {
    transaction: async (...args: Parameters<Database['transaction']>) => {
      // Before each of the import's own transactions somebody is faster, until it takes the lock to compare.
      const { id, version } = await found('students', 'moved', 's1')
      await updateStudent(contextOf(registrar), { id, version, preferredName: `Ama ${++edits}` })
      return db.transaction(...args)
    },
  })
  const users = String(files['users.csv']).replace('Amara,Abara', 'Amara,Okafor')
  const path = folderOf({ ...files, 'users.csv': users })
  await importBundle(disturbed, path, { timeZone: 'Europe/London', locale: 'en-GB', now })
  expect(edits).toBe(4)
  expect(await found('students', 'moved', 's1')).toMatchObject({
    familyName: 'Okafor',
    preferredName: 'Ama 4',
    version: 6,
  })
})

test('an import that dies half way leaves nothing', async () => {
  const files = smallSchool('dies')
  const dying: Database = Object.assign(Object.create(db), {
    transaction: (schools: number[], work: (tx: Transaction) => Promise<unknown>) =>
      db.transaction(schools, async (tx) => {
        await work(tx)
        throw new Error('the power went out')
      }),
  })
  const path = folderOf(files)
  await expect(importBundle(dying, path, { timeZone: 'Europe/London', locale: 'en-GB', now })).rejects.toThrow('power')
  expect(await schoolOf('dies')).toBeUndefined()
  expect((await importFiles(files)).totals.student.new).toBe(1)
})

test('two imports of the same new school at once make it once', async () => {
  const files = smallSchool('race')
  const results = await Promise.all([importFiles(files), importFiles(files)])
  expect(results.map(({ totals }) => totals.school.new).toSorted()).toEqual([0, 1])
  expect(await rowsIn('students', 'race')).toHaveLength(1)
})

test('a row to be deleted is archived, and restored when it comes back', async () => {
  const files = smallSchool('leaves')
  await importFiles(files)
  const gone = {
    'users.csv': usersFile('s1,tobedeleted,,leaves,,,,,,'),
    'enrollments.csv': enrollmentsFile('e1,tobedeleted,,,,,,'),
  }
  const delta = await importFiles(gone)
  expect(delta.totals).toMatchObject({ student: { archived: 1 }, enrollment: { archived: 1 } })
  const archived = await found('students', 'leaves', 's1')
  expect(archived).toMatchObject({ archivedAt: now, familyName: 'Abara', number: '100' })
  expect((await importFiles(gone)).totals.student).toMatchObject({ same: 1, changed: 0 })
  await importFiles(files)
  expect(await found('students', 'leaves', 's1')).toMatchObject({ archivedAt: null, number: '100', id: archived.id })
})

test('a school made by hand is taken over by the organization of its name', async () => {
  const school = await makeSchool('École du Lac')
  const orgs = 'sourcedId,name,type\nlac,ecole du lac,school\n'
  await importFiles(smallSchool('lac', { 'orgs.csv': orgs }))
  expect(await schoolOf('lac')).toMatchObject({ id: school.id, slug: school.slug, version: 2 })
})

test('a delta of enrollments alone finds classes and people in the register', async () => {
  await importFiles(smallSchool('delta', { 'enrollments.csv': enrollmentsFile() }))
  const delta = await importFiles({
    'enrollments.csv': `${enrollmentsFile('d1,active,c1,s1,student,,,').replace('classSourcedId', 'schoolSourcedId,classSourcedId').replace('d1,active,', 'd1,active,delta,')}`,
  })
  expect(delta).toMatchObject({ isApplied: true, totals: { enrollment: { new: 1 } } })
})

test('numbers that two students exchange do not collide', async () => {
  const rows = (a: string, b: string) =>
    usersFile(`s1,,,swap,student,Ada,One,${a},,`, `s2,,,swap,student,Bo,Two,${b},,`)
  const files = (users: string) => smallSchool('swap', { 'users.csv': users, 'enrollments.csv': enrollmentsFile() })
  await importFiles(files(rows('1', '2')))
  const swapped = await importFiles(files(rows('2', '1')))
  expect(swapped.texts.warnings).toEqual([])
  expect((await found('students', 'swap', 's1')).number).toBe('2')
  expect((await found('students', 'swap', 's2')).number).toBe('1')
})
