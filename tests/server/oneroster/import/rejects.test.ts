import { expect, test } from 'vitest'
import {
  enrollmentsFile,
  folderOf,
  found,
  importAt,
  importFiles,
  rowsIn,
  schoolOf,
  smallSchool,
  usersFile,
} from '../bundle.ts'

const one = async (org: string, users: string | Buffer) => {
  const result = await importFiles(smallSchool(org, { 'users.csv': users, 'enrollments.csv': enrollmentsFile() }))
  expect(result.isApplied).toBe(false)
  expect(await schoolOf(org)).toBeUndefined()
  return result.texts.rejected
}

test('a row without sourcedId stops the import, and nothing is changed', async () => {
  expect(await one('no-id', usersFile('s1,,,no-id,student,Ada,One,,,', ',,,no-id,student,Bo,Two,,,'))).toEqual([
    'users.csv, line 3, column sourcedId: has no sourcedId',
  ])
})

test('the same id with other content is rejected; the same row twice is only a warning', async () => {
  const row = 's1,,,duplicate,student,Ada,One,,,'
  expect(await one('duplicate', usersFile(row, 's1,,,duplicate,student,Bo,Two,,,'))).toEqual([
    'users.csv, line 3, column sourcedId: s1 is on line 2 already, with other content',
  ])
  const twice = await importFiles(
    smallSchool('duplicate', { 'users.csv': usersFile(row, row), 'enrollments.csv': enrollmentsFile() }),
  )
  expect(twice.texts).toEqual({ rejected: [], warnings: ['users.csv, line 3: is the same row as line 2'] })
})

test('bytes that are not UTF-8 are rejected with file, line and column', async () => {
  const latin1 = Buffer.from(usersFile('s1,,,bytes,student,José,One,,,'), 'latin1')
  expect(await one('bytes', latin1)).toEqual([
    'users.csv, line 2, column givenName: holds bytes that are not UTF-8: save the file again as "CSV UTF-8"',
  ])
})

test('a text that is too long is rejected with its length and the room there is', async () => {
  expect(await one('long', usersFile(`s1,,,long,student,${'A'.repeat(101)},One,,,`))).toEqual([
    'users.csv, line 2, column givenName: has 101 characters; there is room for 100',
  ])
})

test('an enrollment of nobody or in no class is rejected', async () => {
  const rows = enrollmentsFile('e1,,c1,ghost,student,,,', 'e2,,nowhere,s1,student,,,')
  const { texts } = await importFiles(smallSchool('ghosts', { 'enrollments.csv': rows }))
  expect(texts.rejected).toEqual([
    "enrollments.csv, line 2, column userSourcedId: there is no user ghost, neither in users.csv nor in the school's register",
    'enrollments.csv, line 3, column classSourcedId: there is no class nowhere, neither in classes.csv nor in the register',
  ])
})

test('an enrollment that ends before it begins counts as deleted, and its dates are kept', async () => {
  const rows = enrollmentsFile('e1,,c1,s1,student,,2026-12-01,2026-11-30')
  const files = smallSchool('noshow', { 'enrollments.csv': rows })
  const { texts } = await importFiles(files)
  expect(texts.rejected).toEqual([])
  expect(texts.warnings).toEqual([
    'enrollments.csv, line 2, column endDate: ends on 2026-11-30, before it begins on 2026-12-01: it holds no day, and counts as deleted',
  ])
  const stored = await found('enrollments', 'noshow', 'e1')
  expect(stored).toMatchObject({ beginDate: null, extra: { beginDate: '2026-12-01', endDate: '2026-11-30' } })
  expect(stored.archivedAt).not.toBeNull()
  expect((await importFiles(files)).totals.enrollment).toMatchObject({ new: 0, changed: 0 })
})

test('with --skip-invalid the good rows are stored and the others told', async () => {
  const rows = usersFile('s1,,,skip,student,Ada,One,,,', ',,,skip,student,Bo,Two,,,')
  const files = smallSchool('skip', {
    'users.csv': rows,
    'enrollments.csv': enrollmentsFile('e1,,c1,s1,student,,,', 'e2,,c1,s9,student,,,'),
  })
  const result = await importFiles(files, { skipInvalid: true })
  expect(result).toMatchObject({ isApplied: true, rejected: { total: 2 } })
  expect(await rowsIn('students', 'skip')).toHaveLength(1)
  expect(await rowsIn('enrollments', 'skip')).toHaveLength(1)
})

test('of thousands of bad rows the first fifty of a file are shown, and all are counted', async () => {
  const rows = Array.from({ length: 2000 }, (_, n) => `,,,many,student,Ada,${n},,,`)
  const { rejected } = await importFiles(
    smallSchool('many', { 'users.csv': usersFile(...rows), 'enrollments.csv': enrollmentsFile() }),
  )
  expect(rejected.total).toBe(2000)
  expect(rejected.shown).toHaveLength(50)
})

test('a class that could belong to several schools is rejected', async () => {
  const files = smallSchool('two-a')
  const orgs = 'sourcedId,name,type\ntwo-a,A,school\ntwo-b,B,school\n'
  const classes = 'sourcedId,title,schoolSourcedId\nc1,Art,two-a\nc2,Music,two-b\nc3,Lost,\n'
  const { texts } = await importFiles({ ...files, 'orgs.csv': orgs, 'classes.csv': classes })
  expect(texts.rejected).toEqual([
    'classes.csv, line 4, column schoolSourcedId: names no school, and there is more than one it could belong to',
  ])
})

test('a deletion that names no school is rejected when several schools have that id', async () => {
  await importFiles(smallSchool('same-1'))
  await importFiles(smallSchool('same-2'))
  const { texts, isApplied } = await importFiles({ 'users.csv': usersFile('s1,tobedeleted,,,,,,,,') })
  expect(isApplied).toBe(false)
  expect(texts.rejected[0]).toMatch(
    /^users.csv, line 2: names no school, and .* may know s1 from another system: name the school, or the system by --source$/,
  )
})

test.each([
  [
    'UTF-16',
    Buffer.from(`\ufeff${usersFile('s1,,,u,student,A,B,,,')}`, 'utf16le'),
    'users.csv is not a CSV file in UTF-8 but in UTF-16',
  ],
  ['a renamed spreadsheet', Buffer.from('PK\x03\x04\x14\x00\x06\x00'), 'users.csv is not a CSV file in UTF-8'],
  [
    'a quote that is never closed',
    usersFile('s1,,,u,student,"Ada,One,,,'),
    'users.csv has a quote that is never closed',
  ],
  [
    'an endless row',
    usersFile(`s1,,,u,student,"${'A'.repeat(300_000)}`),
    'users.csv has a row of more than 262144 characters',
  ],
])('%s gets an answer, not a crash', async (_, users, message) => {
  await expect(importFiles(smallSchool('unread', { 'users.csv': users }))).rejects.toThrow(message)
})

test('a folder without a bundle says which files are expected', async () => {
  await expect(importAt(folderOf({ 'notes.txt': 'x', 'people.csv': 'x' }))).rejects.toThrow(
    /holds no file of a OneRoster bundle. Expected are: orgs.csv, academicSessions.csv, /,
  )
  await expect(importAt('/nowhere/at/all')).rejects.toThrow('is not there')
})

test('a file of another system, or without its header, is refused by the column it lacks', async () => {
  const clever = { 'enrollments.csv': 'School_id,Section_id,Student_id\n1,c,s\n' }
  await expect(importFiles(clever)).rejects.toThrow('enrollments.csv has no column classSourcedId: its first line must')
  const headless = smallSchool('headless', { 'users.csv': 's1,,,true,headless,student,,Ada,One\ns2,,,true,,,,,\n' })
  await expect(importFiles(headless)).rejects.toThrow('users.csv has no column sourcedId')
})

test('a file that the manifest announces and the bundle lacks is told', async () => {
  const manifest = 'propertyName,value\nfile.users,bulk\nfile.demographics,bulk\nfile.results,absent\n'
  const { texts, isApplied } = await importFiles(smallSchool('announced', { 'manifest.csv': manifest }))
  expect(texts.warnings).toEqual(['manifest.csv, line 3, column value: demographics.csv is not in this bundle'])
  expect(isApplied).toBe(true)
})

test('a bundle of nothing but a manifest changes nothing', async () => {
  const manifest = 'propertyName,value\r\nmanifest.version,1\r\noneroster.version,1.1\r\nfile.users,\r\n'
  expect(await importFiles({ 'manifest.csv': manifest })).toMatchObject({
    isApplied: true,
    version: '1.1',
    schools: [],
  })
})

test.each([
  ['beginDate', '2027-02-01', '2027-02-01 to 2027-01-29'],
  ['endDate', '2026-08-01', '2026-08-31 to 2026-08-01'],
])('a file that has only the %s, and beyond the register’s other day, rejects the row', async (column, day, days) => {
  const org = `reversed-${column}`
  await importFiles(smallSchool(org))
  const enrollments = `sourcedId,classSourcedId,userSourcedId,role,${column}\ne1,c1,s1,student,${day}\n`
  const { texts, isApplied } = await importFiles({ ...smallSchool(org), 'enrollments.csv': enrollments })
  expect(isApplied).toBe(false)
  expect(texts.rejected).toEqual([
    `enrollments.csv, line 2, column ${column}: would last from ${days}, one of which the register has: give both days`,
  ])
})
