import { desc, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { operations } from '../../../../db/schema/index.ts'
import { as, db, makePerson } from '../../../setup/people.ts'
import type { Files } from '../bundle.ts'
import { enrollmentsFile, found, importFiles, rowsIn, schoolOf, smallSchool, usersFile } from '../bundle.ts'

const manifest = 'propertyName,value\nfile.users,bulk\nfile.classes,bulk\nfile.enrollments,bulk\n'
const kids = (org: string, count: number) =>
  Array.from({ length: count }, (_, n) => `k${n},,,${org},student,Kid,No${n},,,09`)
const seats = (count: number) => Array.from({ length: count }, (_, n) => `e${n},,c1,k${n},student,,,`)
const bundle = (org: string, enrollments: string[], more: Files = {}, count = 10) =>
  smallSchool(org, {
    'manifest.csv': manifest,
    'users.csv': usersFile(...kids(org, count), `t1,,,${org},teacher,Lee,Park,,,`, `t2,,,${org},teacher,Ann,Two,,,`),
    'enrollments.csv': enrollmentsFile(...enrollments, 'et,,c1,t1,teacher,true,,'),
    ...more,
  })
const registrarOf = async (org: string) => {
  const school = await schoolOf(org)
  if (!school) throw new Error(`no ${org}`)
  return makePerson(school, 'registrar')
}
const newestOperations = async (org: string) =>
  db
    .select()
    .from(operations)
    .where(eq(operations.schoolId, (await schoolOf(org))?.id ?? 0))
    .orderBy(desc(operations.number))

test('--end-missing ends enrollments and assignments today, never people, and a second run changes nothing', async () => {
  await importFiles(bundle('ending', [...seats(10), 'e-t2,,c1,t2,teacher,,,']))
  const fewer = bundle('ending', seats(9), {}, 9)
  const dry = await importFiles(fewer, { endMissing: true, dryRun: true })
  expect(dry).toMatchObject({ ended: 2, isApplied: false, totals: { enrollment: { changed: 1 } } })
  expect((await found('enrollments', 'ending', 'e9')).endDate).toBeNull()
  expect(await importFiles(fewer, { endMissing: true })).toMatchObject({ ended: 2, isApplied: true })
  expect(await found('enrollments', 'ending', 'e9')).toMatchObject({
    ...{ status: 'withdrawn', withdrawalReason: 'other', endDate: '2026-11-20', archivedAt: null },
  })
  expect(await found('classInstructors', 'ending', 'e-t2')).toMatchObject({ endDate: '2026-11-20', archivedAt: null })
  expect(await found('students', 'ending', 'k9')).toMatchObject({ status: 'active', archivedAt: null })
  const again = await importFiles(fewer, { endMissing: true })
  expect(again).toMatchObject({ ended: 0, totals: { enrollment: { changed: 0 }, student: { changed: 0 } } })
  expect(again.missing).toEqual([{ kind: 'student', count: 1, first: ['Kid No9'] }])
})

test('it is one operation beside the import’s own, and somebody can undo it alone', async () => {
  await importFiles(bundle('undone', seats(10)))
  const changed = usersFile(...kids('undone', 10), 't1,,,undone,teacher,Leona,Park,,,')
  await importFiles(bundle('undone', seats(8), { 'users.csv': changed }), { endMissing: true })
  const [ending, own] = await newestOperations('undone')
  expect(ending).toMatchObject({ procedure: 'import.endMissing', deed: 'withdraw', way: 'import' })
  expect(own).toMatchObject({ procedure: 'import', deed: 'import' })
  const registrar = await registrarOf('undone')
  const told = (await as(registrar).journal.list({})).rows.map(({ id, undoes }) => [id, undoes])
  expect(told.slice(0, 2)).toEqual([
    [ending?.id, 2],
    [own?.id, null],
  ])
  await expect(as(registrar).journal.undo({ operationId: own?.id ?? '' })).rejects.toThrow()
  expect(await as(registrar).journal.undo({ operationId: ending?.id ?? '' })).toMatchObject({ changed: 2 })
  expect(await found('enrollments', 'undone', 'e9')).toMatchObject({ status: 'enrolled', endDate: null })
  expect(await found('instructors', 'undone', 't1')).toMatchObject({ givenName: 'Leona' })
})

test('nothing but endings is one operation', async () => {
  await importFiles(bundle('alone', seats(10)))
  const before = (await newestOperations('alone')).length
  await importFiles(bundle('alone', seats(8)), { endMissing: true })
  expect(await newestOperations('alone')).toHaveLength(before + 1)
})

test('who comes back in a later bundle is enrolled again', async () => {
  await importFiles(bundle('returning', seats(10)))
  await importFiles(bundle('returning', seats(8)), { endMissing: true })
  await importFiles(bundle('returning', seats(10)))
  expect(await found('enrollments', 'returning', 'e9')).toMatchObject({ status: 'enrolled', endDate: null })
})

test('what staff have made stays, and so does everything without the option', async () => {
  await importFiles(bundle('kept', seats(10)))
  const registrar = await registrarOf('kept')
  const made = await as(registrar).students.create({ givenName: 'By', familyName: 'Hand' })
  await as(registrar).classes.enroll({ classId: (await found('classes', 'kept', 'c1')).id, studentIds: [made.id] })
  expect(await importFiles(bundle('kept', seats(8)), { endMissing: true })).toMatchObject({ ended: 2 })
  const byHand = (await rowsIn('enrollments', 'kept')).find(({ studentId }) => studentId === made.id)
  expect(byHand).toMatchObject({ status: 'enrolled', endDate: null, archivedAt: null })
})

test('one that has not begun is archived; one of two rows of a student leaves her the other’s days', async () => {
  const two = [
    ...seats(8),
    ...['a,,c1,k8,student,,2026-09-01,2026-12-18', 'b,,c1,k8,student,,2026-11-01,2027-01-29'],
    'later,,c1,k9,student,,2026-12-01,',
  ]
  await importFiles(bundle('part', two))
  const rows = two.filter((row) => !/^(b|later)/.test(row))
  const { ended, missing } = await importFiles(bundle('part', rows), { endMissing: true })
  expect(missing).toMatchObject([{ kind: 'enrollment', count: 2 }])
  expect(ended).toBe(2)
  expect(await found('enrollments', 'part', 'later')).toMatchObject({ archivedAt: expect.any(Date) })
  expect(await found('enrollments', 'part', 'a')).toMatchObject({
    ...{ status: 'enrolled', beginDate: '2026-09-01', endDate: '2026-12-18' },
  })
  expect(await importFiles(bundle('part', rows), { endMissing: true })).toMatchObject({
    totals: { enrollment: { changed: 0 } },
  })
})

test('a rejected row ends nobody, though the others are brought in', async () => {
  await importFiles(bundle('unsure', seats(10)))
  const rows = [...seats(8), 'e9,,c1,k9,student,,someday,']
  const result = await importFiles(bundle('unsure', rows), { endMissing: true, skipInvalid: true })
  expect(result).toMatchObject({ isApplied: true, ended: 0 })
  expect(result.notes).toContain('No enrollment is ended: a rejected row may be one of those that are missing')
  expect(await found('enrollments', 'unsure', 'e8')).toMatchObject({ status: 'enrolled' })
})

test('far fewer than the register has stop it, also where no bundle was counted before', async () => {
  const counted = bundle('uncounted', seats(10))
  const delta = 'propertyName,value\nfile.users,delta\nfile.classes,delta\nfile.enrollments,delta\n'
  await importFiles({ ...counted, 'manifest.csv': delta })
  const few = bundle('uncounted', seats(4))
  const stopped = await importFiles(few, { endMissing: true })
  expect(stopped).toMatchObject({ isApplied: false })
  expect(stopped.shrunk).toEqual([
    { school: 'School uncounted', file: 'enrollments', rows: 5, before: 11, isOfRegister: true },
  ])
  expect((await rowsIn('enrollments', 'uncounted')).every(({ status }) => status === 'enrolled')).toBe(true)
  expect(await importFiles(few)).toMatchObject({ isApplied: true, ended: 0 })
  expect(await importFiles(few, { endMissing: true, acceptShrink: true })).toMatchObject({ isApplied: true, ended: 6 })
})

test('whoever waits gets the seat that an ending frees, in the same operation', async () => {
  await importFiles(bundle('waiting', seats(10)))
  const registrar = await registrarOf('waiting')
  const taught = await as(registrar).classes.get({ id: (await found('classes', 'waiting', 'c1')).id })
  await as(registrar).classes.update({ id: taught.id, version: taught.version, capacity: 10 })
  const made = await as(registrar).students.create({ givenName: 'Wai', familyName: 'Ting' })
  await as(registrar).classes.enroll({ classId: taught.id, studentIds: [made.id], waitlist: true })
  await importFiles(bundle('waiting', seats(9)), { endMissing: true })
  const row = (await rowsIn('enrollments', 'waiting')).find(({ studentId }) => studentId === made.id)
  expect(row).toMatchObject({ status: 'enrolled' })
})
