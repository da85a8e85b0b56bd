import { expect, test } from 'vitest'
import type { Files } from '../bundle.ts'
import { enrollmentsFile, found, importFiles, rowsIn, smallSchool, usersFile } from '../bundle.ts'

const ids = ['01001', '01002', '0A7']
const kids = (org: string, all: readonly string[]) =>
  all.map((id, n) => `${id},,,${org},student,Kid,No${n},${n},kid${n}@school.example,`)
const bundle = (org: string, all: readonly string[], more: Files = {}) =>
  smallSchool(org, {
    'users.csv': usersFile(...kids(org, all)),
    'enrollments.csv': enrollmentsFile(...all.map((id) => `x${id},,c1,${id},student,,,`)),
    ...more,
  })
const bare = (id: string) => id.replace(/^0+(?=\d+$)/, '')
const counts = async (org: string) => [
  (await rowsIn('students', org)).length,
  (await rowsIn('enrollments', org)).length,
  (await rowsIn('classes', org)).length,
]

test('ids that have lost their zeros everywhere are known by the register’s, and nothing is changed', async () => {
  await importFiles(bundle('bare', ids))
  await expect(importFiles(bundle('bare', ids.map(bare)), { skipInvalid: true, acceptShrink: true })).rejects.toThrow(
    'users.csv, line 2: 1001 is 01001 without its zeros, as is 1 more id of this file: a spreadsheet has saved the file. Export it again, and open it in no spreadsheet',
  )
  expect(await counts('bare')).toEqual([3, 3, 1])
})

test('so is a single row among others, by a name or by an e-mail address', async () => {
  await importFiles(bundle('single', ids))
  const some = ['01001', '1002', '0A7']
  await expect(importFiles(bundle('single', some))).rejects.toThrow('users.csv, line 3: 1002 is 01002')
  const renamed = bundle('single', some)
  const users = String(renamed['users.csv']).replace('Kid,No1', 'Kit,Other')
  await expect(importFiles({ ...renamed, 'users.csv': users })).rejects.toThrow('1002 is 01002')
})

test('another person of nearly the same id is another person', async () => {
  await importFiles(bundle('nearly', ids))
  const more = usersFile(...kids('nearly', ids), '1001,,,nearly,student,Other,Person,77,,')
  expect(await importFiles(bundle('nearly', ids, { 'users.csv': more }))).toMatchObject({ isApplied: true })
  const delta = { 'users.csv': usersFile('1002,,,nearly,student,Third,Person,78,,') }
  expect(await importFiles(delta)).toMatchObject({ isApplied: true, totals: { student: { new: 1 } } })
})

test('classes, courses, sessions and enrollments are known by their register’s ids too', async () => {
  const files = (c: string, k: string, t: string, e: string): Files =>
    smallSchool('each', {
      'academicSessions.csv': `sourcedId,title,type,startDate,endDate\n${t},Fall,term,2026-08-31,2027-01-29\n`,
      'courses.csv': `sourcedId,title,courseCode,orgSourcedId\n${k},Art,A1,each\n`,
      'classes.csv': `sourcedId,title,courseSourcedId,schoolSourcedId,termSourcedIds\n${c},Art 1,${k},each,${t}\n`,
      'enrollments.csv': enrollmentsFile(`${e},,${c},s1,student,,,`),
    })
  await importFiles(files('01', '02', '03', '04'))
  const stops = (...given: [string, string, string, string]) => expect(importFiles(files(...given))).rejects
  await stops('1', '02', '03', '04').toThrow('classes.csv, line 2: 1 is 01')
  await stops('01', '2', '03', '04').toThrow('courses.csv, line 2: 2 is 02')
  await stops('01', '02', '3', '04').toThrow('academicSessions.csv, line 2: 3 is 03')
  await stops('01', '02', '03', '4').toThrow('enrollments.csv, line 2: 4 is 04')
  const mixed = files('01', '02', '03', '04')
  const classes = String(mixed['classes.csv']).replace(',02,', ',2,')
  await expect(importFiles({ ...mixed, 'classes.csv': classes })).rejects.toThrow('classes.csv, line 2: 2 is 02')
})

test('a school without its zeros makes no second school', async () => {
  await importFiles(smallSchool('0042'))
  await expect(
    importFiles(smallSchool('42', { 'orgs.csv': 'sourcedId,name,type\n42,School 0042,school\n' })),
  ).rejects.toThrow('orgs.csv, line 2: 42 is 0042 without its zeros')
  const { 'orgs.csv': orgs = '' } = smallSchool('0042')
  await expect(importFiles(smallSchool('42', { 'orgs.csv': orgs }))).rejects.toThrow('classes.csv, line 2: 42 is 0042')
})

test('an enrollment that comes alone and names a student without her zeros is rejected with the id that was meant', async () => {
  await importFiles(bundle('hinted', ids), { source: 'hinted' })
  const { texts } = await importFiles(
    { 'enrollments.csv': enrollmentsFile('n1,,c1,1001,student,,,') },
    { source: 'hinted' },
  )
  expect(texts.rejected.join()).toContain('There is 01001: did a spreadsheet take zeros away?')
})

test('a number without its zeros stays as the register has it, and is told; another number is taken', async () => {
  const files = (org: string, number: string, code: string) =>
    smallSchool(org, {
      'courses.csv': `sourcedId,title,courseCode,orgSourcedId\nart,Art,${code},${org}\n`,
      'users.csv': usersFile(`s1,,,${org},student,Ada,One,${number},,`, `t1,,,${org},teacher,Lee,Park,,,`),
    })
  await importFiles(files('numbered', '0099', '007'))
  const { texts } = await importFiles(files('numbered', '99', '7'))
  expect(texts.warnings).toEqual([
    "courses.csv, line 2, column courseCode: 7 is the register's 007 without its zeros: did a spreadsheet take them away? It stays 007",
    "users.csv, line 2, column identifier: 99 is the register's 0099 without its zeros: did a spreadsheet take them away? It stays 0099",
  ])
  expect(await found('students', 'numbered', 's1')).toMatchObject({ number: '0099' })
  expect(await found('courses', 'numbered', 'art')).toMatchObject({ code: '007' })
  expect((await importFiles(files('numbered', '990', '8'))).texts.warnings).toEqual([])
  expect(await found('students', 'numbered', 's1')).toMatchObject({ number: '990' })
})
