import { Readable } from 'node:stream'
import { inflateRawSync } from 'node:zlib'
import { and, eq, isNull } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { noSchool } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { importPieces, imports, journal, memberships, operations, students } from '../../../db/schema/index.ts'
import type { Leased } from '../../../server/imports/lease.ts'
import { beat, beginIn, claim, finish, letGo } from '../../../server/imports/lease.ts'
import { receiveBundle } from '../../../server/imports/receive.ts'
import { sweepImports } from '../../../server/imports/sweep.ts'
import { workOnNext } from '../../../server/imports/work.ts'
import { as, contextOf, db, makePerson, makeSchool, now } from '../../setup/people.ts'
import { enrollmentsFile, usersFile } from '../oneroster/bundle.ts'
import { bring, bringIn, bundleOf, office, problems, work, worker } from './brought.ts'

const studentsIn = (schoolId: number) =>
  db
    .select()
    .from(students)
    .where(and(eq(students.schoolId, schoolId), isNull(students.archivedAt)))
const piecesOf = async (id: string) =>
  (await db.select().from(importPieces).where(eq(importPieces.importId, id))).map(({ shelf }) => shelf)
const rowOf = async (id: string) => (await db.select().from(imports).where(eq(imports.id, id)))[0]

test('a bundle is compared first, and nothing is changed until somebody says so', async () => {
  const who = await office('Preview School')
  const id = await bring(who, bundleOf('Preview School', 'preview'))
  expect(await who.ask().get({ id })).toMatchObject({ state: 'comparing', name: 'roster.zip', report: null })
  await work()
  const { state, report } = await who.ask().get({ id })
  expect(state).toBe('ready')
  expect(report).toMatchObject({ isApplied: false, rejected: 0, outside: [] })
  expect(report?.totals.student).toEqual({ new: 1, changed: 0, same: 0, archived: 0 })
  expect(await studentsIn(who.school.id)).toEqual([])
  const { changes, total } = await who.ask().changes({ id, entity: 'enrollment', counted: 'new' })
  expect(total).toBe(1)
  expect(changes[0]).toMatchObject({ name: expect.stringContaining('Amara Abara'), sourcedId: 'e1' })
  expect(changes[0]?.fields).toContainEqual({ field: 'classId', before: null, after: 'Art 1' })
})

test('a bundle is brought in as one operation of the person who brought it, and its rows are deleted', async () => {
  const who = await office('Import School')
  const id = await bringIn(who, bundleOf('Import School', 'import'))
  expect(await who.ask().get({ id })).toMatchObject({ state: 'done', report: { isApplied: true } })
  expect(await studentsIn(who.school.id)).toMatchObject([{ givenName: 'Amara', gradeLevel: '09' }])
  const made = await db
    .select()
    .from(operations)
    .where(and(eq(operations.schoolId, who.school.id), eq(operations.way, 'import')))
  expect(made).toMatchObject([{ actorId: who.person.userId, deed: 'import' }])
  expect(await piecesOf(id)).toEqual([])
  const { open, past } = await who.ask().list()
  expect(open).toEqual([])
  expect(past).toMatchObject([
    {
      operationId: made[0]?.id,
      name: 'roster.zip',
      by: 'The registrar',
      isUndone: false,
      totals: { student: { new: 1 } },
    },
  ])
  const again = await bringIn(who, bundleOf('Import School', 'import'))
  expect((await who.ask().get({ id: again })).report?.totals.student).toMatchObject({ new: 0, changed: 0, same: 1 })
  expect((await who.ask().list()).past).toHaveLength(1)
})

test('wrong rows are told with file, line and column; they stop the import unless they are left out', async () => {
  const who = await office('Wrong Rows')
  const users = usersFile(
    's1,,,wrong,student,Ada,One,,,',
    's2,,,wrong,student,,Two,,2026-01-01,',
    ',,,wrong,student,Cy,Three,,,',
  )
  const id = await bring(
    who,
    bundleOf('Wrong Rows', 'wrong', {
      'users.csv': users,
      'enrollments.csv': 'sourcedId,classSourcedId,userSourcedId,role\n',
    }),
  )
  await work()
  const rejected = await who.ask().findings({ id, kind: 'rejected' })
  expect(rejected).toMatchObject([
    { file: 'users.csv', line: 3, column: 'email' },
    { file: 'users.csv', line: 4, column: 'sourcedId', message: 'has no sourcedId' },
  ])
  await who.ask().bringIn({ id })
  await work()
  expect(await who.ask().get({ id })).toMatchObject({ state: 'ready', report: { rejected: 2, isApplied: false } })
  expect(await studentsIn(who.school.id)).toEqual([])
  await who.ask().bringIn({ id, skipInvalid: true })
  await work()
  expect(await who.ask().get({ id })).toMatchObject({ state: 'done' })
  expect(await studentsIn(who.school.id)).toMatchObject([{ givenName: 'Ada' }])
  // The report stays, so that somebody can mend the rows later.
  expect(await who.ask().findings({ id, kind: 'rejected' })).toHaveLength(2)
})

test('a bundle reaches only schools in which this person may import, makes none and reports the rest', async () => {
  const who = await office('Own School')
  const other = await office('Other School')
  const rows = ['own', 'other', 'unknown']
  const files = bundleOf('Own School', 'own', {
    'orgs.csv': `sourcedId,name,type\nown,Own School,school\nother,Other School,school\nunknown,Unknown School,school\n`,
    'users.csv': usersFile(...rows.map((org, n) => `s${n},,,${org},student,Ada,${org},,,`)),
    'enrollments.csv': 'sourcedId,classSourcedId,userSourcedId,role\n',
  })
  const id = await bringIn(who, files)
  const { report } = await who.ask().get({ id })
  expect(report?.schools).toMatchObject([{ name: 'Own School' }])
  expect(report?.outside).toEqual([
    { sourcedId: 'other', name: 'Other School', isKnown: true, rows: expect.objectContaining({ users: 1 }) },
    { sourcedId: 'unknown', name: 'Unknown School', isKnown: false, rows: expect.objectContaining({ users: 1 }) },
  ])
  expect(await studentsIn(who.school.id)).toMatchObject([{ familyName: 'own' }])
  expect(await studentsIn(other.school.id)).toEqual([])
  expect(
    await db
      .select()
      .from(journal)
      .where(and(eq(journal.schoolId, other.school.id), eq(journal.entity, 'student'))),
  ).toEqual([])
})

test('a school made by hand under another name is named by whoever brings the bundle', async () => {
  const who = await office('The Old Mill')
  const id = await bring(who, bundleOf('Mill High School', 'mill'))
  await work()
  expect((await who.ask().get({ id })).report).toMatchObject({ schools: [], outside: [{ sourcedId: 'mill' }] })
  await who.ask().compare({ id, adopt: 'mill' })
  await work()
  expect((await who.ask().get({ id })).report).toMatchObject({ schools: [{ slug: who.school.slug }], outside: [] })
  await who.ask().bringIn({ id })
  await work()
  expect(await studentsIn(who.school.id)).toHaveLength(1)
})

test('passwords and cells beyond the header are nowhere in what is stored', async () => {
  const who = await office('Secret School')
  const users = `sourcedId,orgSourcedIds,role,givenName,familyName,password\ns1,secret,student,Ada,One,hunter2-in-clear\ns2,secret,student,Bo,Two,swordfish,surplus-cell\n`
  const id = await bring(who, bundleOf('Secret School', 'secret', { 'users.csv': users }))
  await work()
  const stored = JSON.stringify(await db.select().from(imports).where(eq(imports.id, id)))
  const told = [stored]
  for (const kind of ['rejected', 'warnings'] as const)
    told.push(JSON.stringify(await who.ask().findings({ id, kind })))
  for (const { content } of await db.select().from(importPieces).where(eq(importPieces.importId, id)))
    told.push(inflateRawSync(Buffer.from(content, 'base64')).toString())
  expect(told.join('\n')).toContain('Ada')
  expect(told.join('\n')).not.toMatch(/hunter2|swordfish|surplus-cell/)
})

test('a file that is no bundle is refused in one sentence, and nothing of it is kept', async () => {
  const { person, school } = await office('Broken Bundle')
  const refused = receiveBundle(
    contextOf(person),
    { name: 'roster.zip' },
    Readable.from([Buffer.from('no zip at all')]),
  )
  await expect(refused).rejects.toMatchObject({
    reason: 'import.refused',
    details: { sentence: expect.stringContaining('roster.zip is no zip that can be read') },
  })
  expect(await db.select().from(imports).where(eq(imports.schoolId, school.id))).toEqual([])
})

test('an import that one process leaves, or dies with, is finished by another, and written once', async () => {
  const who = await office('Two Processes')
  const id = await bring(who, bundleOf('Two Processes', 'two'))
  let isStopping = false
  await workOnNext(db, worker({ isStopping: () => isStopping }))
  await who.ask().bringIn({ id })
  isStopping = true
  expect(await workOnNext(db, worker({ isStopping: () => isStopping }))).toBe(true)
  expect(await rowOf(id)).toMatchObject({ state: 'applying', leaseOwner: null })
  // The next one takes it and dies.
  const lease = { leaseOwner: who.person.userId, leaseUntil: new Date(now.getTime() + 30_000) }
  await db.transaction(noSchool, async (tx) => void (await tx.update(imports).set(lease).where(eq(imports.id, id))))
  expect(await workOnNext(db, worker())).toBe(false)
  await work({ now: () => new Date(now.getTime() + 31_000) })
  expect(await rowOf(id)).toMatchObject({ state: 'done' })
  expect(await studentsIn(who.school.id)).toHaveLength(1)
  expect((await who.ask().list()).past).toHaveLength(1)
})

test('a process that has lost its turn writes nothing', async () => {
  const who = await office('Lost Turn')
  await bring(who, bundleOf('Lost Turn', 'lost'))
  const slow = await claim(db, now)
  const later = new Date(now.getTime() + 31_000)
  const quick = await claim(db, later)
  expect(quick).toMatchObject({ id: slow?.id })
  await expect(finish(db, slow as Leased, later, { state: 'failed' })).rejects.toThrow('import.stopped')
  expect(await beat(db, slow as Leased, later, '')).toBe('lost')
  expect(await beat(db, quick as Leased, later, '')).toBe('go on')
  await letGo(db, quick as Leased)
  await work()
})

test('a day that its file leaves open is read in the order that was chosen with the files', async () => {
  const who = await office('Date Order')
  const more = {
    'users.csv': 'sourcedId,orgSourcedIds,role,givenName,familyName\ns1,order,student,Ada,One\n',
    'demographics.csv': 'sourcedId,birthDate\ns1,6/5/2010\n',
    'enrollments.csv': enrollmentsFile(),
  }
  const files = bundleOf('Date Order', 'order', more)
  const open = await bring(who, files)
  await work()
  expect((await rowOf(open))?.report).toMatchObject({ rejected: 1 })
  const id = await bring(who, files, undefined, 'mdy')
  await work()
  await who.ask().bringIn({ id })
  await work()
  expect(await studentsIn(who.school.id)).toMatchObject([{ birthDate: '2010-06-05' }])
})

test('an import over which three processes die is given up, and says so', async () => {
  const who = await office('Dying Processes')
  const id = await bring(who, bundleOf('Dying Processes', 'dying'))
  const after = (leases: number) => new Date(now.getTime() + leases * 31_000)
  for (const time of [0, 1, 2]) expect(await claim(db, after(time))).toMatchObject({ id, attempts: time + 1 })
  expect(await workOnNext(db, worker({ now: () => after(3) }))).toBe(true)
  expect(await rowOf(id)).toMatchObject({ state: 'failed', failure: 'import.broke_off', leaseOwner: null })
  expect(await workOnNext(db, worker({ now: () => after(9) }))).toBe(false)
  expect(await studentsIn(who.school.id)).toEqual([])
})

test('an import over which three processes die ends as stopped where somebody has stopped it', async () => {
  const who = await office('Stopped And Dying')
  const id = await bring(who, bundleOf('Stopped And Dying', 'stopped-dying'))
  const after = (leases: number) => new Date(now.getTime() + leases * 31_000)
  for (const time of [0, 1, 2]) await claim(db, after(time))
  await who.ask().cancel({ id })
  expect(await workOnNext(db, worker({ now: () => after(3) }))).toBe(true)
  expect(await rowOf(id)).toMatchObject({ state: 'canceled', leaseOwner: null })
  expect(await piecesOf(id)).toEqual([])
})

test('what was found in an import is deleted a month after it was brought in', async () => {
  const who = await office('Old Findings')
  const id = await bringIn(who, bundleOf('Old Findings', 'old-findings'))
  const after = (days: number) => new Date(now.getTime() + days * 24 * 3_600_000)
  await sweepImports(db, after(29))
  expect(await rowOf(id)).toMatchObject({ state: 'done' })
  await sweepImports(db, after(31))
  expect(await rowOf(id)).toBeUndefined()
  expect((await who.ask().list()).past).toHaveLength(1)
})

test('an import that is stopped before or while it is brought in changes nothing', async () => {
  const who = await office('Stopped Import')
  const waiting = await bring(who, bundleOf('Stopped Import', 'stopped'))
  await work()
  await who.ask().cancel({ id: waiting })
  expect(await rowOf(waiting)).toMatchObject({ state: 'canceled' })
  expect(await piecesOf(waiting)).toEqual([])
  await expect(who.ask().bringIn({ id: waiting })).rejects.toThrow('import.moved_on')
  const running = await bring(who, bundleOf('Stopped Import', 'stopped'))
  await work()
  await who.ask().bringIn({ id: running })
  // Somebody works on it already, so it is told to stop: all that is written until it hears of it is taken away again.
  await claim(db, now)
  await who.ask().cancel({ id: running })
  await work({ now: () => new Date(now.getTime() + 31_000) })
  expect(await rowOf(running)).toMatchObject({ state: 'canceled' })
  expect(await studentsIn(who.school.id)).toEqual([])
})

test('an import of two schools that its process leaves after the first is finished by another, and not stopped any more', async () => {
  const [who, other] = [await office('First Written'), await makeSchool('Second Written')]
  await db.transaction(other.id, (tx) =>
    tx.insert(memberships).values({ schoolId: other.id, id: newId(), userId: who.person.userId, role: 'registrar' }),
  )
  const orgs = 'sourcedId,name,type\nfirst,First Written,school\nsecond,Second Written,school\n'
  const users = usersFile('s1,,,first,student,Ada,One,,,', 's2,,,second,student,Bo,Two,,,')
  const none = { 'classes.csv': 'sourcedId,title,schoolSourcedId\n', 'enrollments.csv': enrollmentsFile() }
  const files = { 'orgs.csv': orgs, 'users.csv': users, ...none }
  const id = await bring(who, bundleOf('First Written', 'first', files))
  await work()
  await who.ask().bringIn({ id })
  const written = async () => [(await studentsIn(who.school.id)).length, (await studentsIn(other.id)).length]
  const job = (await claim(db, now)) as Leased
  await db.transaction(who.school.id, (tx) => beginIn(tx, job, now))
  await expect(who.ask().cancel({ id })).rejects.toThrow('import.moved_on')
  // Somebody may have asked for it before, and been heard only now.
  await db.transaction(
    noSchool,
    async (tx) => void (await tx.update(imports).set({ isCanceled: true }).where(eq(imports.id, id))),
  )
  await work({ now: () => new Date(now.getTime() + 31_000) })
  expect(await rowOf(id)).toMatchObject({ state: 'done' })
  expect(await written()).toEqual([1, 1])
})

test('whoever loses the right while the import waits brings nothing in', async () => {
  const who = await office('Lost Right')
  const administrator = await makePerson(who.school, 'administrator')
  const id = await bring(who, bundleOf('Lost Right', 'right'))
  await work()
  await who.ask().bringIn({ id })
  const members = await as(administrator).members.list({})
  const member = members.find(({ email }) => email === who.person.email)
  await as(administrator).members.update({ id: member?.id ?? '', version: member?.version ?? 0, role: 'viewer' })
  await work()
  expect(await studentsIn(who.school.id)).toEqual([])
})

test('nobody else sees what is in a bundle, not even in the same office', async () => {
  const who = await office('Own Bundle')
  const colleague = await makePerson(who.school, 'registrar')
  const id = await bring(who, bundleOf('Own Bundle', 'own-bundle'))
  await work()
  for (const ask of [
    () => as(colleague).imports.get({ id }),
    () => as(colleague).imports.changes({ id, entity: 'student', counted: 'new' }),
    () => as(colleague).imports.findings({ id, kind: 'warnings' }),
    () => as(colleague).imports.bringIn({ id }),
  ])
    await expect(ask()).rejects.toThrow('import.not_found')
  expect((await as(colleague).imports.list()).open).toEqual([])
})

test('a bundle that nobody decides on is deleted after a day, and what a dead process received at once', async () => {
  const who = await office('Left Bundle')
  const left = await bring(who, bundleOf('Left Bundle', 'left'))
  const half = await bring(who, bundleOf('Left Bundle', 'left'))
  await work()
  const dead = { state: 'arriving' as const, leaseUntil: new Date(now.getTime() - 1) }
  await db.transaction(noSchool, async (tx) => void (await tx.update(imports).set(dead).where(eq(imports.id, half))))
  await sweepImports(db, now)
  expect(await rowOf(half)).toBeUndefined()
  expect(await rowOf(left)).toMatchObject({ state: 'ready' })
  await sweepImports(db, new Date(now.getTime() + 25 * 3_600_000))
  expect(await rowOf(left)).toBeUndefined()
  expect(await piecesOf(left)).toEqual([])
})

test('the sixth bundle of a person waits until one of the others is dropped', async () => {
  const who = await office('Many Bundles')
  for (let n = 0; n < 5; n++) await bring(who, bundleOf('Many Bundles', 'many'))
  await expect(bring(who, bundleOf('Many Bundles', 'many'))).rejects.toMatchObject({ reason: 'import.too_many' })
  await work()
  expect(problems).toEqual([])
})
