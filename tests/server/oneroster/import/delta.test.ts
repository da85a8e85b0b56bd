import { mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { enrollmentsFile, folderOf, found, importAt, importFiles, rowsIn, smallSchool, usersFile } from '../bundle.ts'

const demographics = (...rows: string[]) => `sourcedId,birthDate,sex,cityOfBirth\n${rows.join('\n')}\n`

test('a changed birth date comes in without the rest of the bundle', async () => {
  const users = usersFile('amara,,true,birth,student,Amara,Abara,,,9', 'lee,,true,birth,teacher,Lee,Park,,,')
  await importFiles({
    ...smallSchool('birth', { 'users.csv': users, 'enrollments.csv': enrollmentsFile() }),
    'demographics.csv': demographics('amara,2011-02-03,female,Rye', 'lee,1980-01-02,,'),
  })
  const delta = {
    'demographics.csv': demographics('amara,2011-02-04,female,Rye', 'lee,1980-01-03,,', 'x,2011-01-01,,'),
  }
  const { texts, totals } = await importFiles(delta)
  expect(texts).toEqual({
    rejected: [],
    warnings: [
      "demographics.csv, line 4, column userSourcedId: there is no user x, neither in users.csv nor in one school's register: left out",
    ],
  })
  expect(totals.student).toMatchObject({ new: 0, changed: 1 })
  const student = await found('students', 'birth', 'amara')
  expect(student).toMatchObject({ givenName: 'Amara', birthDate: '2011-02-04', gradeLevel: '09', sex: 'female' })
  expect(student.extra).toMatchObject({ cityOfBirth: 'Rye', orgSourcedIds: 'birth' })
  expect((await found('instructors', 'birth', 'lee')).extra).toMatchObject({
    birthDate: '1980-01-03',
    orgSourcedIds: 'birth',
  })
  expect((await importFiles(delta)).totals.student).toMatchObject({ changed: 0, same: 1 })
})

test('what a person keeps from a file that does not come again stays, and a column that comes empty is emptied', async () => {
  const roles = 'sourcedId,userSourcedId,roleType,role,orgSourcedId\nr1,s1,primary,student,keeps\n'
  const first = smallSchool('keeps', {
    'demographics.csv': demographics('s1,2011-02-03,female,Rye'),
    'roles.csv': roles,
  })
  await importFiles(first)
  const before = await found('students', 'keeps', 's1')
  expect(before.sex).toBe('female')
  expect(before.extra).toMatchObject({ phone: '123', roles: expect.stringContaining('primary') })
  await importFiles({ 'users.csv': usersFile('s1,active,true,keeps,student,Amara,Abara,100,,10') })
  const after = await found('students', 'keeps', 's1')
  expect(after).toMatchObject({ gradeLevel: '10', birthDate: '2011-02-03', email: null })
  expect(after.extra).toEqual(before.extra)
  const { 'users.csv': users } = smallSchool('keeps')
  await importFiles({ 'users.csv': String(users).replace('123,9', ',9') })
  const { phone, ...rest } = before.extra
  expect((await found('students', 'keeps', 's1')).extra).toEqual(rest)
  expect(phone).toBe('123')
})

test('a name or title is not overwritten by a file that has none', async () => {
  await importFiles(smallSchool('named'))
  const { texts } = await importFiles({
    'users.csv': 'sourcedId,orgSourcedIds,role,grades\ns1,named,student,11\n',
    'classes.csv': 'sourcedId,schoolSourcedId,location\nc1,named,Attic\n',
    'academicSessions.csv': 'sourcedId,startDate,endDate\nfall,2026-08-31,2027-01-30\n',
  })
  expect(texts.rejected).toEqual([])
  const student = await found('students', 'named', 's1')
  expect(student).toMatchObject({ givenName: 'Amara', familyName: 'Abara', gradeLevel: '11' })
  expect(student.sortName).toContain('abara')
  expect(await found('classes', 'named', 'c1')).toMatchObject({ title: 'Art 1', code: 'A1-1' })
  expect(await found('academicSessions', 'named', 'fall')).toMatchObject({ title: 'Fall', endDate: '2027-01-30' })
})

test('a new change date alone changes nothing, not even the journal', async () => {
  const files = smallSchool('dated')
  await importFiles(files)
  const before = await rowsIn('journal', 'dated')
  const users = String(files['users.csv']).replaceAll(/^([st]1),,,/gm, '$1,active,2026-11-20T01:00:00Z,')
  const { totals } = await importFiles({ ...files, 'users.csv': users })
  expect(totals.student).toMatchObject({ changed: 0, same: 1 })
  expect(await rowsIn('journal', 'dated')).toEqual(before)
})

test('a role without its user is told, because it is not read alone', async () => {
  await importFiles(smallSchool('lonely'))
  const { texts } = await importFiles({
    'roles.csv': 'sourcedId,userSourcedId,roleType,role,orgSourcedId\nr1,s1,secondary,teacher,lonely\n',
  })
  expect(texts).toEqual({
    rejected: [],
    warnings: [
      'roles.csv, line 2, column userSourcedId: there is no user s1 in users.csv: a role is read with its user',
    ],
  })
  expect(await rowsIn('instructors', 'lonely')).toHaveLength(1)
})

test('the files may lie in one folder of the folder, as unpacking leaves them', async () => {
  const inner = folderOf(smallSchool('nested'))
  const outer = folderOf({ '.DS_Store': '' })
  mkdirSync(join(outer, '__MACOSX'))
  renameSync(inner, join(outer, 'export'))
  expect(await importAt(outer)).toMatchObject({ isApplied: true, totals: { student: { new: 1 } } })
})
