import { and, eq, inArray } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { journal, journalValues, programs, students } from '../../../db/schema/index.ts'
import type { RecordHistoryInput } from '../../../server/history/input.ts'
import { Bulk } from '../../../server/journal/bulk.ts'
import { programKind } from '../../../server/programs/kind.ts'
import { addRows } from '../../../server/records/write.ts'
import { studentKind } from '../../../server/students/kind.ts'
import type { Person } from '../../../server/trpc.ts'
import { refusal } from '../../setup/answers.ts'
import { as, db, makePerson, makeSchool, now } from '../../setup/people.ts'
import { makeRecords } from '../../setup/records.ts'
import { api, doing, registrar, school } from '../../setup/school.ts'

let viewer: Person
let ids: Awaited<ReturnType<typeof makeRecords>>
let made = 0
beforeAll(async () => {
  viewer = await makePerson(school, 'viewer')
})
beforeEach(async () => {
  ids = await makeRecords(school, `Told${++made}`)
})

const at = (instant: string) => ({ now: new Date(instant) })
type RecordEntity = RecordHistoryInput['entity']
const historyOf = (entity: RecordEntity, id: string, who = registrar) => as(who).journal.ofRecord({ entity, id })
const latestOf = async (entity: RecordEntity, id: string, who = registrar) => (await historyOf(entity, id, who)).rows[0]

test('a change says who, when, by which way, and each field before and after, with names for ids', async () => {
  const operationId = await doing((who) =>
    who.students.update({
      id: ids.studentId,
      version: 1,
      birthDate: '2012-05-02',
      programId: ids.programId,
      isCoop: true,
    }),
  )
  const { rows, next } = await historyOf('student', ids.studentId)
  expect(next).toBeNull()
  expect(rows).toHaveLength(6)
  expect(rows[0]).toEqual({
    id: operationId,
    at: now.toISOString(),
    by: 'The registrar',
    way: 'screen',
    deed: 'change',
    undoes: 1,
    entries: [
      {
        number: expect.any(Number),
        entity: 'student',
        action: 'changed',
        record: { entity: 'student', id: ids.studentId, name: `Sam Told${made}`, inClass: null },
        fields: [
          { name: 'birthDate', before: '2012-05-01', after: '2012-05-02' },
          { name: 'isCoop', before: false, after: true },
          { name: 'programId', before: null, after: `Told${made}` },
        ],
        isErased: false,
      },
    ],
  })
  expect(rows[5]).toMatchObject({ deed: 'add', undoes: null, entries: [{ action: 'created' }] })
  const [byCommand] = (await api().journal.list({ way: 'cli' })).rows
  expect(byCommand).toMatchObject({ by: null, way: 'cli', undoes: null, entries: [{ action: 'created' }] })
})

test('a record’s archiving and return are told as such', async () => {
  await api().programs.archive({ id: ids.programId, version: 1 })
  await api().programs.restore({ id: ids.programId, version: 2 })
  const { rows } = await historyOf('program', ids.programId)
  expect(rows.flatMap(({ entries }) => entries)).toMatchObject([
    { action: 'restored', fields: [] },
    { action: 'archived', fields: [] },
    { action: 'created' },
  ])
})

test('a student’s history holds her addresses, guardians, alerts and classes', async () => {
  const { studentId, classId, guardianId } = ids
  const other = await api().students.create({ givenName: 'Own', familyName: `Told${made}` })
  const address = {
    kind: 'local' as const,
    street: 'Mill Lane 2',
    city: null,
    region: null,
    postalCode: null,
    country: null,
  }
  await api().students.update({ id: other.id, version: 1, addresses: [address] })
  await api().studentAlerts.create({ studentId: other.id, kind: 'medical', text: 'Bees' })
  await api().studentGuardians.create({
    studentId: other.id,
    guardianId,
    relation: 'mother',
    hasCustody: true,
    mayPickUp: false,
    livesWith: false,
    isBarred: false,
  })
  await api().classes.enroll({ classId, studentIds: [other.id, studentId] })
  const { rows } = await historyOf('student', other.id)
  const entries = rows.flatMap((row) => row.entries)
  expect(entries.map(({ entity }) => entity)).toEqual([
    'enrollment',
    'studentGuardian',
    'studentAlert',
    'studentAddress',
    'student',
  ])
  expect(entries[0]?.record).toMatchObject({ id: other.id, inClass: { id: classId, title: `Told${made}` } })
  expect(entries[1]?.fields).toEqual(
    expect.arrayContaining([{ name: 'guardianId', before: null, after: `Gina Told${made}` }]),
  )
  expect(entries[3]?.fields).toEqual(expect.arrayContaining([{ name: 'street', before: null, after: 'Mill Lane 2' }]))
})

test('a class’s history holds its terms, instructors, meetings and who came and left', async () => {
  const name = `Two${made}`
  const { id } = await api().classes.create({ title: name, academicSessionIds: [ids.academicSessionId] })
  await api().classInstructors.create({ classId: id, instructorId: ids.instructorId, isPrimary: true })
  await api().classes.enroll({ classId: id, studentIds: [ids.studentId] })
  const entries = (await historyOf('class', id)).rows.flatMap((row) => row.entries)
  expect(entries.map(({ entity }) => entity)).toEqual(['enrollment', 'classInstructor', 'classTerm', 'class'])
  expect(entries[2]?.fields).toEqual([{ name: 'academicSessionId', before: null, after: `Told${made}` }])
  const taught = (await historyOf('instructor', ids.instructorId)).rows.flatMap((row) => row.entries)
  expect(taught[0]).toMatchObject({ entity: 'classInstructor', record: { inClass: { title: name } } })
})

test('a long history comes a page at a time, the newest first and nothing twice', async () => {
  for (let version = 1; version <= 60; version++)
    await api().rooms.update({ id: ids.roomId, version, seats: 100 + version })
  const seats: unknown[] = []
  let cursor: number | null | undefined
  let pages = 0
  do {
    const page = await api().journal.ofRecord({ entity: 'room', id: ids.roomId, cursor })
    seats.push(...page.rows.flatMap(({ entries }) => entries.map(({ fields }) => fields[0]?.after)))
    cursor = page.next
    pages++
  } while (cursor)
  expect(pages).toBe(2)
  expect(seats).toEqual([...Array.from({ length: 60 }, (_, index) => 160 - index), `Told${made}`])
})

test('the history of a student holds that of the record that was merged into hers', async () => {
  const names = { givenName: 'Twin', familyName: `Told${made}` }
  const gone = await api().students.create(names)
  const kept = await api().students.create(names)
  await api().students.update({ id: gone.id, version: 1, gradeLevel: '07' })
  await api().students.merge({ id: gone.id, version: 2, intoId: kept.id, intoVersion: 1, take: [] })
  const { rows } = await historyOf('student', kept.id)
  expect(rows[0]).toMatchObject({ deed: 'merge' })
  const told = rows.flatMap(({ entries }) => entries.map(({ record, action }) => [record?.id, action]))
  expect(told).toContainEqual([gone.id, 'changed'])
  expect(told).toContainEqual([kept.id, 'created'])
})

test('where the values were erased, the fields are named and said to be erased', async () => {
  const operationId = await doing((who) => who.students.update({ id: ids.studentId, version: 1, number: '9' }))
  await db.transaction(school.id, async (tx) => {
    const entries = await tx
      .select({ number: journal.number })
      .from(journal)
      .where(and(eq(journal.schoolId, school.id), eq(journal.operationId, operationId)))
    const numbers = entries.map(({ number }) => number)
    await tx
      .delete(journalValues)
      .where(and(eq(journalValues.schoolId, school.id), inArray(journalValues.number, numbers)))
  })
  expect(await latestOf('student', ids.studentId)).toMatchObject({
    entries: [{ isErased: true, action: 'changed', fields: [{ name: 'number', before: null, after: null }] }],
  })
})

test('a viewer reads what changed but for what the office alone sees, and is not told that it changed', async () => {
  await api().students.update({ id: ids.studentId, version: 1, birthDate: '2011-01-01', gradeLevel: '08' })
  await api().students.update({ id: ids.studentId, version: 2, birthDate: '2011-01-02' })
  await api().studentAlerts.update({ id: ids.studentAlertId, version: 1, text: 'Wasps' })
  await api().enrollments.update({ id: ids.enrollmentId, version: 1, note: 'Asked by her mother' })
  await api().enrollments.withdraw({ id: ids.enrollmentId, version: 2, reason: 'moved', note: 'To Leeds' })
  expect((await historyOf('student', ids.studentId)).rows).toHaveLength(10)
  const { rows } = await historyOf('student', ids.studentId, viewer)
  expect(rows).toMatchObject([
    { deed: 'withdraw', undoes: null, entries: [{ entity: 'enrollment' }] },
    { entries: [{ entity: 'schoolEnrollment' }, { fields: [{ name: 'gradeLevel', before: null, after: '08' }] }] },
    { entries: [{ entity: 'schoolEnrollment', action: 'created' }] },
    { deed: 'enroll', entries: [{ entity: 'enrollment' }] },
    { entries: [{ action: 'created' }] },
  ])
  expect(JSON.stringify(rows)).not.toMatch(/birthDate|2011-01|2012-05|withdrawalReason|moved|note|Leeds/)
  const all = await as(viewer).journal.list({ entity: 'student' })
  expect(JSON.stringify(all)).not.toMatch(/birthDate|2011-01/)
  await expect(historyOf('guardian', ids.guardianId, viewer)).rejects.toMatchObject(refusal('guardian.not_found'))
})

test('instructors have no history, and no other school’s is there', async () => {
  const instructor = await makePerson(school, 'instructor', ids.instructorId)
  await expect(historyOf('class', ids.classId, instructor)).rejects.toMatchObject(refusal('permission.missing'))
  const elsewhere = await makeSchool('Elsewhere')
  const stranger = await makePerson(elsewhere, 'administrator')
  await expect(historyOf('student', ids.studentId, stranger)).rejects.toMatchObject(refusal('student.not_found'))
  const operationId = await doing((who) => who.rooms.update({ id: ids.roomId, version: 1, seats: 9 }))
  await expect(as(stranger).journal.ofOperation({ operationId })).rejects.toMatchObject(refusal('operation.not_found'))
  expect(JSON.stringify(await as(stranger).journal.list({}))).not.toContain('Told')
})

test('a change can be taken back until somebody changes the record again, and the undo is told too', async () => {
  const first = await doing((who) => who.rooms.update({ id: ids.roomId, version: 1, seats: 10 }))
  const second = await doing((who) => who.rooms.update({ id: ids.roomId, version: 2, seats: 20 }))
  expect((await historyOf('room', ids.roomId)).rows).toMatchObject([
    { id: second, undoes: 1 },
    { id: first, undoes: null },
    { deed: 'add' },
  ])
  await api().journal.undo({ operationId: second })
  expect((await historyOf('room', ids.roomId)).rows).toMatchObject([
    { deed: 'undo', undoes: 1, entries: [{ fields: [{ name: 'seats', before: 20, after: 10 }] }] },
    { id: second, undoes: null },
    { id: first, undoes: null },
    { deed: 'add' },
  ])
})

test('what happened in the school is found by person, kind of record and deed', async () => {
  const anna = await makePerson(school, 'registrar')
  await as(anna).rooms.update({ id: ids.roomId, version: 1, seats: 11 })
  await as(anna).students.archive({ id: ids.studentId, version: 1, standing: 'keep' })
  const list = api().journal.list
  const byAnna = (await list({ actorId: anna.userId })).rows
  expect(byAnna.map(({ deed }) => deed).toSorted()).toEqual(['archive', 'change'])
  expect((await list({ actorId: anna.userId, entity: 'room' })).rows).toMatchObject([
    { deed: 'change', counts: [{ entity: 'room', count: 1 }], entries: [{ fields: [{ before: 30, after: 11 }] }] },
  ])
  expect((await list({ actorId: anna.userId, action: 'archive' })).rows).toMatchObject([{ deed: 'archive' }])
  expect((await list({ actorId: anna.userId, action: 'merge' })).rows).toEqual([])
  expect((await list({ actorId: anna.userId, way: 'import' })).rows).toEqual([])
  const people = await as(viewer).journal.people()
  expect(people).toContainEqual({ id: anna.userId, name: 'The registrar' })
  expect(people.map(({ id }) => id)).not.toContain(viewer.userId)
})

test('who did only what a reader may not see is not among the people whose work can be found', async () => {
  const admin = await makePerson(school, 'administrator')
  await as(admin).members.invite({ email: 'hidden@school.example', name: 'Hidden', role: 'viewer' })
  const found = async (who: Person) => (await as(who).journal.people()).some(({ id }) => id === admin.userId)
  expect([await found(viewer), await found(registrar), await found(admin)]).toEqual([false, false, true])
})

test('a day is the school’s day', async () => {
  const fresh = await makeSchool('Fresh')
  const auckland = { ...fresh, timeZone: 'Pacific/Auckland' }
  const member = await makePerson(fresh, 'registrar')
  const there = { ...member, memberships: [{ school: auckland, role: 'registrar' as const, instructorId: null }] }
  // Wednesday 23:59 and Thursday 00:01 in Auckland.
  await as(there, at('2026-11-18T10:59:00Z')).students.create({ givenName: 'Late', familyName: 'Wednesday' })
  await as(there, at('2026-11-18T11:01:00Z')).students.create({ givenName: 'Early', familyName: 'Thursday' })
  const namesOn = async (from: string, to: string) =>
    (await as(there).journal.list({ from, to, entity: 'student' })).rows.map(({ entries }) => entries[0]?.record?.name)
  expect(await namesOn('2026-11-18', '2026-11-18')).toEqual(['Late Wednesday'])
  expect(await namesOn('2026-11-19', '2026-11-19')).toEqual(['Early Thursday'])
  expect(await namesOn('2026-11-18', '2026-11-19')).toEqual(['Early Thursday', 'Late Wednesday'])
})

test.each(['0000-01-01', '0999-12-31', '9999-12-31'])('no list begins or ends on %s', async (day) => {
  for (const days of [{ from: day }, { to: day }])
    await expect(api().journal.list(days)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
})

test.each(['1000-01-02', '9999-12-30'])('a list may begin or end on %s', async (day) => {
  for (const days of [{ from: day }, { to: day }])
    await expect(api().journal.list(days)).resolves.toMatchObject({ rows: expect.any(Array) })
})

test('an import is one line with its counts, and unfolds a page at a time', async () => {
  const fresh = await makeSchool('Imported')
  const member = await makePerson(fresh, 'registrar')
  const id = newId()
  await db.transaction(fresh.id, async (tx) => {
    const bulk = await Bulk.begin(tx, fresh.id, {
      id,
      actorId: null,
      way: 'import',
      procedure: 'import',
      deed: 'import',
      about: null,
      inputHash: '',
      at: now,
    })
    const names = (n: number) => ({ givenName: `N${n}`, familyName: 'Import' })
    await bulk.write([{ name: 'Arts', type: 'other' as const }], (rows) => addRows(tx, programKind, fresh.id, rows))
    await bulk.write(
      Array.from({ length: 120 }, (_, n) => ({ ...names(n), extra: { other: 'brought' } })),
      (rows) => addRows(tx, studentKind, fresh.id, rows),
    )
  })
  const [line] = (await as(member).journal.list({ way: 'import' })).rows
  expect(line).toMatchObject({
    id,
    by: null,
    deed: 'import',
    undoes: null,
    counts: [
      { entity: 'student', count: 120 },
      { entity: 'program', count: 1 },
    ],
    entries: [],
  })
  const numbers: number[] = []
  let cursor: number | null | undefined
  do {
    const page = await as(member).journal.ofOperation({ operationId: id, cursor })
    expect(page.rows.length).toBeLessThanOrEqual(50)
    expect(JSON.stringify(page)).not.toContain('brought')
    numbers.push(...page.rows.map(({ number }) => number))
    cursor = page.next
  } while (cursor)
  expect(new Set(numbers).size).toBe(121)
})

test('the list goes on where it stopped, also among operations of one instant', async () => {
  const fresh = await makeSchool('Paged')
  const member = await makePerson(fresh, 'registrar')
  for (let n = 0; n < 40; n++) await as(member).rooms.create({ name: `Room ${n}` })
  const first = await as(member).journal.list({ entity: 'room' })
  const second = await as(member).journal.list({ entity: 'room', cursor: first.next })
  expect(first.rows).toHaveLength(30)
  expect(second.next).toBeNull()
  expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(40)
})

test('changes that nobody is told of make no line', async () => {
  const fresh = await makeSchool('Quiet')
  const member = await makePerson(fresh, 'registrar')
  await as(member).savedViews.create({ place: 'students', name: 'Mine', search: '', isShared: false })
  const id = newId()
  await db.transaction(fresh.id, async (tx) => {
    const bulk = await Bulk.begin(tx, fresh.id, {
      id,
      actorId: null,
      way: 'import',
      procedure: 'import',
      deed: 'import',
      about: null,
      inputHash: '',
      at: now,
    })
    const row = {
      schoolId: fresh.id,
      id: newId(),
      version: 1,
      name: 'Arts',
      type: 'other' as const,
      departmentId: null,
      sourcedId: 'a',
      archivedAt: null,
    }
    await tx.insert(programs).values({ ...row, extra: { x: '2' } })
    await bulk.tell([
      { entity: 'program', before: { ...row, extra: { x: '1' } }, after: { ...row, version: 2, extra: { x: '2' } } },
    ])
  })
  expect((await as(member).journal.list({ actorId: member.userId })).rows).toEqual([])
  expect((await as(member).journal.list({ way: 'import' })).rows).toEqual([])
  expect(await as(member).journal.people()).toEqual([])
  await expect(as(member).journal.ofOperation({ operationId: id })).rejects.toMatchObject(
    refusal('operation.not_found'),
  )
})

test('neither salt nor hash leaves the journal', async () => {
  const kept = await db
    .select({ salt: journalValues.salt, hash: journal.hash, valuesHash: journal.valuesHash })
    .from(journal)
    .innerJoin(
      journalValues,
      and(eq(journalValues.schoolId, journal.schoolId), eq(journalValues.number, journal.number)),
    )
    .where(eq(journal.schoolId, school.id))
  const [student] = await db.select({ id: students.id }).from(students).where(eq(students.id, ids.studentId))
  const told = JSON.stringify([await api().journal.list({}), await historyOf('student', student?.id ?? '')])
  expect(kept.flatMap((row) => Object.values(row)).filter((secret) => told.includes(secret))).toEqual([])
})
