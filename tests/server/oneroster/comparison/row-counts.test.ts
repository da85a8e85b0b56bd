import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { importCounts } from '../../../../db/schema/index.ts'
import { db } from '../../../setup/people.ts'
import type { Files } from '../bundle.ts'
import { enrollmentsFile, importFiles, rowsIn, schoolOf, smallSchool, usersFile } from '../bundle.ts'

const manifest = (mode: string) =>
  `propertyName,value\n${['orgs', 'users', 'classes', 'enrollments'].map((file) => `file.${file},${mode}\n`).join('')}`
const students = (org: string, count: number) =>
  Array.from({ length: count }, (_, n) => `k${n},,,${org},student,Kid,No${n},,,09`)
const bundle = (org: string, count: number, more: Files = {}) =>
  smallSchool(org, {
    'manifest.csv': manifest('bulk'),
    'users.csv': usersFile(...students(org, count)),
    'enrollments.csv': enrollmentsFile(...Array.from({ length: count }, (_, n) => `e${n},,c1,k${n},student,,,`)),
    ...more,
  })
const countsOf = async (org: string) => {
  const school = await schoolOf(org)
  const rows = await db
    .select()
    .from(importCounts)
    .where(eq(importCounts.schoolId, school?.id ?? 0))
  return Object.fromEntries(rows.map(({ file, rows }) => [file, rows]))
}

test('a complete bundle with far fewer rows than the last one changes nothing, and says which', async () => {
  await importFiles(bundle('fewer', 10))
  const half = bundle('fewer', 5, { 'orgs.csv': 'sourcedId,name,type\nfewer,Renamed,school\n' })
  for (const dryRun of [true, false]) {
    const { isApplied, shrunk } = await importFiles(half, { dryRun })
    expect(isApplied).toBe(false)
    expect(shrunk).toEqual([
      { school: 'Renamed', file: 'users', rows: 5, before: 10 },
      { school: 'Renamed', file: 'enrollments', rows: 5, before: 10 },
    ])
  }
  expect((await schoolOf('fewer'))?.name).toBe('School fewer')
  expect(await countsOf('fewer')).toMatchObject({ users: 10, enrollments: 10, classes: 1 })
})

test('it is brought in when somebody says so, and the next one is held against it', async () => {
  await importFiles(bundle('accepted', 10))
  expect(await importFiles(bundle('accepted', 5), { acceptShrink: true })).toMatchObject({ isApplied: true })
  expect(await countsOf('accepted')).toMatchObject({ users: 5 })
  expect(await importFiles(bundle('accepted', 5))).toMatchObject({ isApplied: true, shrunk: [] })
  expect(await rowsIn('students', 'accepted')).toHaveLength(10)
})

test('eight of ten are enough, seven are not; the share can be set', async () => {
  await importFiles(bundle('share', 10))
  expect(await importFiles(bundle('share', 7), { dryRun: true })).toMatchObject({ shrunk: [{}, {}] })
  expect(await importFiles(bundle('share', 7), { dryRun: true, least: 70 })).toMatchObject({ shrunk: [] })
  expect(await importFiles(bundle('share', 8))).toMatchObject({ isApplied: true, shrunk: [] })
})

test('a dry run remembers nothing, and an unchanged bundle writes no operation', async () => {
  await importFiles(bundle('dry', 10), { dryRun: true })
  expect(await countsOf('dry')).toEqual({})
  await importFiles(bundle('dry', 10))
  await importFiles(bundle('dry', 10))
  expect(await rowsIn('operations', 'dry')).toHaveLength(1)
})

test('a delta may be small, by its manifest or because each row says when it was changed', async () => {
  await importFiles(bundle('delta', 10))
  expect(await importFiles(bundle('delta', 2, { 'manifest.csv': manifest('delta') }))).toMatchObject({
    isApplied: true,
    shrunk: [],
  })
  const { 'manifest.csv': _, ...dated } = bundle('delta', 2, {
    'users.csv':
      'sourcedId,status,dateLastModified,orgSourcedIds,role,givenName,familyName\nk0,active,2026-11-01,delta,student,Kid,Renamed\n',
    'enrollments.csv':
      'sourcedId,status,dateLastModified,classSourcedId,userSourcedId,role\ne0,active,2026-11-01,c1,k0,student\n',
  })
  expect(await importFiles(dated)).toMatchObject({ isApplied: true, shrunk: [] })
  expect(await importFiles({ 'users.csv': usersFile(...students('delta', 1)) })).toMatchObject({ shrunk: [] })
  expect(await countsOf('delta')).toMatchObject({ users: 10 })
})

test('of two schools of one bundle, the one that is nearly empty stops it', async () => {
  const both = (second: number) => ({
    ...bundle('two-full', 0),
    'orgs.csv': 'sourcedId,name,type\ntwo-full,Full,school\ntwo-thin,Thin,school\n',
    'users.csv': usersFile(...students('two-full', 20), ...students('two-thin', second).map((row) => `t${row}`)),
    'enrollments.csv': enrollmentsFile('e0,,c1,k0,student,,,'),
  })
  await importFiles(both(10))
  expect((await importFiles(both(1))).shrunk).toEqual([{ school: 'Thin', file: 'users', rows: 1, before: 10 }])
})

test('a complete bundle that deletes nearly everybody stops like one that lacks them', async () => {
  await importFiles(bundle('deleting', 10))
  const deleted = bundle('deleting', 10, {
    'users.csv': usersFile(...students('deleting', 10).map((row) => row.replace(',,,', ',tobedeleted,,'))),
  })
  expect(await importFiles(deleted)).toMatchObject({
    isApplied: false,
    shrunk: [{ file: 'users', rows: 0, before: 10 }],
  })
  expect((await rowsIn('students', 'deleting')).filter(({ archivedAt }) => archivedAt)).toEqual([])
  expect(await importFiles(deleted, { acceptShrink: true })).toMatchObject({ isApplied: true })
  // The next bundle may go on telling of them.
  expect(await importFiles(deleted)).toMatchObject({ isApplied: true, shrunk: [] })
})

test('headers alone are refused where the manifest announces all rows', async () => {
  const files = bundle('headers', 3, { 'users.csv': usersFile().trim() })
  await expect(importFiles(files)).rejects.toThrow(
    'users.csv holds no row but the header, though the manifest announces all rows (bulk)',
  )
  expect(await schoolOf('headers')).toBeUndefined()
  const others = bundle('headers', 3, { 'demographics.csv': 'userSourcedId,birthDate\n' })
  expect(await importFiles(others)).toMatchObject({ isApplied: true })
})

test('headers alone are refused where the last import had rows, whatever the bundle says of itself', async () => {
  await importFiles(bundle('emptied', 3))
  const { 'manifest.csv': _, ...silent } = bundle('emptied', 3, { 'enrollments.csv': enrollmentsFile() })
  expect(await importFiles(silent)).toMatchObject({
    isApplied: false,
    shrunk: [{ file: 'enrollments', rows: 0, before: 3 }],
  })
})

test('a bundle of nothing but headers says so', async () => {
  const files = Object.fromEntries(
    Object.entries(smallSchool('nothing')).map(([name, content]) => [name, `${String(content).split('\n')[0]}\n`]),
  )
  const { notes } = await importFiles(files, { acceptShrink: true })
  expect(notes).toContain('No file of this bundle holds a row: there is nothing to bring in')
})
