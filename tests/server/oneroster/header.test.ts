import { expect, test } from 'vitest'
import { importFiles, rowsIn, schoolOf, smallSchool } from './bundle.ts'

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
