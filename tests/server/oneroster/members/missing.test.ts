import { expect, test } from 'vitest'
import type { MissingRecord } from '../../../../server/oneroster/members/missing.ts'
import { as, makePerson } from '../../../setup/people.ts'
import type { Files } from '../bundle.ts'
import { enrollmentsFile, found, importFiles, rowsIn, schoolOf, smallSchool, usersFile } from '../bundle.ts'

const kinds = ['orgs', 'users', 'classes', 'enrollments']
const manifest = (modes: Record<string, string> = {}) =>
  `propertyName,value\n${kinds.map((file) => `file.${file},${modes[file] ?? 'bulk'}\n`).join('')}`
const kids = (org: string, count: number) =>
  Array.from({ length: count }, (_, n) => `k${n},,,${org},student,Kid,No${n},,,09`)
const seats = (count: number) => Array.from({ length: count }, (_, n) => `e${n},,c1,k${n},student,,,`)
const bundle = (org: string, users: string[], enrollments: string[], more: Files = {}) =>
  smallSchool(org, {
    'manifest.csv': manifest(),
    'users.csv': usersFile(...users, `t1,,,${org},teacher,Lee,Park,,,`),
    'enrollments.csv': enrollmentsFile(...enrollments, 'et,,c1,t1,teacher,true,,'),
    ...more,
  })
const whole = (org: string, count = 10) => bundle(org, kids(org, count), seats(count))
const less = (org: string, count = 10) => bundle(org, kids(org, count - 1), seats(count - 2))

test('what a complete bundle no longer has is counted and named, and stays as it is', async () => {
  await importFiles(whole('lacking'))
  const records: MissingRecord[] = []
  const { missing, ended, isApplied } = await importFiles(less('lacking'), {
    listMissing: async (all) => void records.push(...all),
  })
  expect({ ended, isApplied }).toEqual({ ended: 0, isApplied: true })
  expect(missing).toEqual([
    { kind: 'student', count: 1, first: ['Kid No9'] },
    { kind: 'enrollment', count: 2, first: ['Kid No8 in Art 1', 'Kid No9 in Art 1'] },
  ])
  expect(records).toContainEqual({
    kind: 'enrollment',
    school: 'School lacking',
    sourcedId: 'e9',
    name: 'Kid No9 in Art 1',
  })
  expect(records).toHaveLength(3)
  expect(await found('enrollments', 'lacking', 'e9')).toMatchObject({ status: 'enrolled', archivedAt: null })
})

test('a whole bundle lacks nothing, and neither does a delta', async () => {
  await importFiles(whole('delta-lack'))
  expect((await importFiles(whole('delta-lack'))).missing).toEqual([])
  const modes = { users: 'delta', classes: 'delta', enrollments: 'delta' }
  const delta = bundle('delta-lack', [], [], { 'manifest.csv': manifest(modes) })
  expect((await importFiles(delta, { endMissing: true })).missing).toEqual([])
})

test('each file speaks for itself: a complete one of people says nothing of enrollments that are no part of it', async () => {
  await importFiles(whole('by-file'))
  const { 'enrollments.csv': _, ...people } = less('by-file')
  const { missing } = await importFiles({ ...people, 'manifest.csv': manifest({ enrollments: 'absent' }) })
  expect(missing).toEqual([
    { kind: 'student', count: 1, first: ['Kid No9'] },
    { kind: 'enrollment', count: 1, first: ['Kid No9 in Art 1'] },
  ])
})

test('a file that the manifest announces and that is not there lacks nothing', async () => {
  await importFiles(whole('announced'))
  const { 'enrollments.csv': _, ...files } = whole('announced')
  const { missing } = await importFiles(files, { acceptShrink: true, endMissing: true })
  expect(missing).toEqual([])
})

test('rows that are rejected are there all the same', async () => {
  await importFiles(whole('unread'))
  const rows = [...seats(9), 'e9,,c1,k9,student,,someday,']
  const { missing, rejected } = await importFiles(bundle('unread', kids('unread', 10), rows), { skipInvalid: true })
  expect(rejected.total).toBe(1)
  expect(missing).toEqual([])
})

test('what staff have made, what is inactive or over, and classes of a year that is over are not missed', async () => {
  const past =
    'sourcedId,title,type,startDate,endDate\nfall,Fall,term,2026-08-31,2027-01-29\nold,Old,term,2025-09-01,2026-06-30\n'
  const classes = (more = '') =>
    `sourcedId,title,courseSourcedId,schoolSourcedId,termSourcedIds\nc1,Art 1,art,unmissed,fall\n${more}`
  const common = { 'academicSessions.csv': past }
  await importFiles(
    bundle(
      'unmissed',
      [...kids('unmissed', 10), 'gone,inactive,,unmissed,student,Al,Left,,,'],
      [...seats(10), 'o1,,c0,k1,student,,,', 'o2,,c1,gone,student,,2026-08-31,2026-10-01'],
      { ...common, 'classes.csv': classes('c0,Art 0,art,unmissed,old\n') },
    ),
  )
  const school = await schoolOf('unmissed')
  if (!school) throw new Error('no school')
  const registrar = await makePerson(school, 'registrar')
  await as(registrar).students.create({ givenName: 'By', familyName: 'Hand' })
  const again = bundle('unmissed', kids('unmissed', 10), seats(10), { ...common, 'classes.csv': classes() })
  expect((await importFiles(again, { acceptShrink: true })).missing).toEqual([])
})

test('another school of the source that the bundle does not name is left out of the count', async () => {
  const orgs =
    'sourcedId,name,type,parentSourcedId\ndist,Dist,district,\nhere,Here,school,dist\nthere,There,school,dist\n'
  const there = whole('there')
  await importFiles({ ...there, 'orgs.csv': orgs }, { source: 'both' })
  const { 'orgs.csv': _, ...files } = whole('here')
  const { missing } = await importFiles(
    { ...files, 'orgs.csv': orgs.replace('there,There,school,dist\n', '') },
    { source: 'both', endMissing: true },
  )
  expect(missing).toEqual([])
  expect((await rowsIn('enrollments', 'there')).every(({ status }) => status === 'enrolled')).toBe(true)
})

test('an enrollment that comes back under another id is not missed', async () => {
  await importFiles(whole('renamed', 10))
  const rows = seats(10).map((row) => row.replace(/^e/, 'f'))
  const { missing } = await importFiles(bundle('renamed', kids('renamed', 10), rows), { endMissing: true })
  expect(missing).toEqual([])
})

test('a complete bundle of thousands fewer names a few, and lists them all one by one', async () => {
  await importFiles(whole('many', 700))
  let listed = 0
  const { missing, isApplied } = await importFiles(bundle('many', kids('many', 10), seats(10)), {
    dryRun: true,
    listMissing: async (all) => {
      for (const _ of all) listed++
    },
  })
  expect(isApplied).toBe(false)
  expect(missing.map(({ kind, count, first }) => [kind, count, first.length])).toEqual([
    ['student', 690, 5],
    ['enrollment', 690, 5],
  ])
  expect(listed).toBe(1380)
})
