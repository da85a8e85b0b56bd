import { expect, test } from 'vitest'
import { found, importFiles, rowsIn, schoolOf, smallSchool } from '../bundle.ts'

const classes = (org: string, ...more: string[]) =>
  `sourcedId,title,courseSourcedId,schoolSourcedId,termSourcedIds\nc1,Art 1,art,${org},fall\n${more.join('\n')}\n`

test('the first line of a file that was put behind another is left out, with a warning', async () => {
  const again = ['sourcedId,title,courseSourcedId,schoolSourcedId,termSourcedIds', 'c2,Art 2,art,joined,fall']
  const { texts } = await importFiles(smallSchool('joined', { 'classes.csv': classes('joined', ...again) }))
  expect(texts).toEqual({ rejected: [], warnings: ['classes.csv, line 3: is the first line again: left out'] })
  expect((await rowsIn('classes', 'joined')).map(({ sourcedId }) => sourcedId).toSorted()).toEqual(['c1', 'c2'])
  expect(await schoolOf('schoolSourcedId')).toBeUndefined()
})

test('a first line further down that names the columns in another order refuses the file', async () => {
  const again = 'title,sourcedId,courseSourcedId,schoolSourcedId,termSourcedIds'
  await expect(importFiles(smallSchool('mixed', { 'classes.csv': classes('mixed', again) }))).rejects.toThrow(
    'classes.csv names other columns on line 3 than on its first line',
  )
})

test('two files with exchanged names are refused, and make no courses of people', async () => {
  const { 'users.csv': users = '', 'courses.csv': courses = '', ...files } = smallSchool('exchanged')
  await expect(importFiles({ ...files, 'users.csv': courses, 'courses.csv': users })).rejects.toThrow(
    'courses.csv has the columns of users.csv: give each file of the bundle its own name',
  )
})

test('a line of signs is no row, and makes no school', async () => {
  const { texts } = await importFiles(
    smallSchool('ruled', { 'classes.csv': classes('ruled', '---,---,---,---,---') }),
    { skipInvalid: true },
  )
  expect(texts.rejected).toEqual(['classes.csv, line 3, column sourcedId: has no sourcedId'])
  expect(await schoolOf('---')).toBeUndefined()
})

test('a first line that lacks a name is refused, though some rows end with an empty cell', async () => {
  const rows = ['e1,c1,s1,student,2026-09-01,2026-12-01', 'e2,c1,s2,student,2026-09-01,', 'e3,c1,s3,student,,']
  const enrollments = `sourcedId,classSourcedId,userSourcedId,role,endDate\n${rows.join('\n')}\n`
  await expect(
    importFiles(smallSchool('nameless', { 'enrollments.csv': enrollments }), { skipInvalid: true }),
  ).rejects.toThrow(
    'enrollments.csv has more cells in every row than names in its first line: add the name that is missing',
  )
})

test('so is one under which a row lacks a cell besides, and so has the width of the first line', async () => {
  await importFiles(smallSchool('besides'))
  const rows = ['t1,besides,lee,Lee,Park,9', 's1,besides,student,amara,Amara,Abara,9', 's2,besides,student,bo,Bo,Two,9']
  const users = `sourcedId,orgSourcedIds,role,username,givenName,grades\n${rows.join('\n')}\n`
  await expect(importFiles(smallSchool('besides', { 'users.csv': users }), { skipInvalid: true })).rejects.toThrow(
    'users.csv has more cells in most of its rows than names in its first line: add the name that is missing',
  )
  expect((await found('instructors', 'besides', 't1')).givenName).toBe('Lee')
})

test('a name of the first line that lost one of its quotes is read, so that what is deleted is not taken for active', async () => {
  await importFiles(smallSchool('half'))
  const rows = '"e1","c1","s1","student","tobedeleted"'
  const enrollments = `"sourcedId","classSourcedId","userSourcedId","role",status"\n${rows}\n`
  const { texts } = await importFiles(smallSchool('half', { 'enrollments.csv': enrollments }))
  expect(texts.rejected).toEqual([])
  const [enrollment] = await rowsIn('enrollments', 'half')
  expect(enrollment?.archivedAt).toBeInstanceOf(Date)
})
