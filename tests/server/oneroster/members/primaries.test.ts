import { expect, test } from 'vitest'
import { enrollmentsFile, importFiles, rowsIn, smallSchool, usersFile } from '../bundle.ts'

const users = (org: string) => usersFile(`t1,,,${org},teacher,A,A,,,`, `t2,,,${org},teacher,B,B,,,`)
const teaching = (org: string, ...rows: string[]) =>
  smallSchool(org, { 'users.csv': users(org), 'enrollments.csv': enrollmentsFile(...rows) })
const primariesIn = async (org: string) =>
  (await rowsIn('classInstructors', org))
    .flatMap(({ sourcedId, isPrimary, archivedAt }) => (isPrimary && !archivedAt ? sourcedId : []))
    .toSorted()

const fall = '2026-08-31,2027-01-29'
const spring = '2027-02-01,2027-06-18'

test('the same teacher is primary in two terms', async () => {
  const files = teaching('terms', `a,,c1,t1,teacher,true,${fall}`, `b,,c1,t1,teacher,true,${spring}`)
  const { texts } = await importFiles(files)
  expect(texts.warnings.filter((text) => text.includes('primary'))).toEqual([])
  expect(await primariesIn('terms')).toEqual(['a', 'b'])
  expect((await importFiles(files)).totals.classInstructor).toMatchObject({ same: 2, changed: 0 })
})

test('two teachers are primary one after the other, and not on the same days', async () => {
  const files = teaching('two', `a,,c1,t1,teacher,true,${fall}`, `b,,c1,t2,teacher,true,${spring}`)
  await importFiles(files)
  expect(await primariesIn('two')).toEqual(['a', 'b'])
  const longer = teaching('two', 'a,,c1,t1,teacher,true,2026-08-31,2027-02-01', `b,,c1,t2,teacher,true,${spring}`)
  const { texts } = await importFiles(longer)
  expect(texts.warnings).toContain(
    'enrollments.csv, line 3, column primary: is a second primary instructor on the same days, after line 2: stored as not primary',
  )
  expect(await primariesIn('two')).toEqual(['a'])
})

test('a row that overlaps another of the same teacher takes the mark to all its days, and away from who was primary', async () => {
  await importFiles(teaching('union', `a,,c1,t1,teacher,true,${spring}`))
  await importFiles(
    teaching('union', 'b,,c1,t2,teacher,true,2026-08-31,2026-10-01', 'c,,c1,t2,teacher,false,2026-09-01,'),
  )
  expect(await primariesIn('union')).toEqual(['b'])
})

test('the rows of two terms become one when their days meet, and two again, primary all the time', async () => {
  const rows = (end: string) => [`a,,c1,t1,teacher,true,2026-08-31,${end}`, `b,,c1,t1,teacher,true,${spring}`]
  await importFiles(teaching('meet', ...rows('2027-01-29')))
  await importFiles(teaching('meet', ...rows('2027-02-01')))
  const { texts } = await importFiles(teaching('meet', ...rows('2027-02-01')))
  expect(texts.warnings.filter((text) => text.includes('primary'))).toEqual([])
  expect(await primariesIn('meet')).toEqual(['a'])
  await importFiles(teaching('meet', ...rows('2027-01-29')))
  expect(await primariesIn('meet')).toEqual(['a', 'b'])
})

test('a delta makes another primary in one term alone; who was primary there loses the mark, in the other keeps it', async () => {
  const source = 'delta'
  await importFiles(teaching('delta', `a,,c1,t1,teacher,true,${fall}`, `b,,c1,t1,teacher,true,${spring}`), { source })
  await importFiles({ 'enrollments.csv': enrollmentsFile(`c,active,c1,t2,teacher,true,${spring}`) }, { source })
  expect(await primariesIn('delta')).toEqual(['a', 'c'])
})
