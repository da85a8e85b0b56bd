import { and, eq, inArray, isNull } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import {
  enrollments,
  guardians,
  studentAddresses,
  studentAlerts,
  studentGuardians,
  students,
} from '../../../db/schema/index.ts'
import { as, db, writeInSchool } from '../../setup/people.ts'
import { api, makeClass, makeStudent, registrar, school, today } from '../../setup/school.ts'
import { cases } from '../../thorough.ts'

type Enrolled = Partial<typeof enrollments.$inferInsert> & { classId: string }
const names = { givenName: 'Amara', familyName: 'Abara' }
const newStudent = (more: object = {}) => makeStudent({ ...names, ...more })
/** Two records of one person: the one that goes, and the one that stays. */
const two = async (gone: object = {}, kept: object = {}) => [await newStudent(gone), await newStudent(kept)] as const

const newClass = async (title = 'Art 1', capacity = 10) => (await makeClass(capacity, { title })).id
/** As an import or a former release may have written them. */
const enroll = (studentId: string, ...rows: Enrolled[]) =>
  writeInSchool(school.id, async (tx) => {
    for (const row of rows)
      await tx.insert(enrollments).values({ schoolId: school.id, id: newId(), studentId, status: 'enrolled', ...row })
    return []
  })
const rowsOf = (...ids: string[]) =>
  db
    .select()
    .from(enrollments)
    .where(and(eq(enrollments.schoolId, school.id), inArray(enrollments.studentId, ids)))
const openRows = async (studentId: string) => (await rowsOf(studentId)).filter(({ archivedAt }) => !archivedAt)
const studentRow = async (id: string) => (await db.select().from(students).where(eq(students.id, id)))[0]

interface Merged {
  id: string
  version: number
}
const merge = (gone: Merged, kept: Merged, take: ('givenName' | 'number' | 'local' | 'gradeLevel')[] = []) =>
  api().students.merge({ id: gone.id, version: gone.version, intoId: kept.id, intoVersion: kept.version, take })

test('what the record that stays lacks comes over, and what was chosen; the rest stays', async () => {
  const [gone, kept] = await two(
    { givenName: 'Amy', middleName: 'Jo', number: 'M-1', birthDate: '2012-05-01', gradeLevel: '07' },
    { number: 'M-2', email: 'amara@home.example' },
  )
  const { student } = await merge(gone, kept, ['number'])
  expect(student).toMatchObject({
    id: kept.id,
    givenName: 'Amara',
    middleName: 'Jo',
    number: 'M-1',
    email: 'amara@home.example',
    birthDate: '2012-05-01',
    gradeLevel: '07',
  })
  expect((await api().students.list({ search: 'm-1' })).rows.map(({ id }) => id)).toEqual([kept.id])
})

test('the record that goes is archived, and says where it went', async () => {
  const [gone, kept] = await two()
  await merge(gone, kept)
  expect(await api().students.get({ id: gone.id })).toMatchObject({
    mergedIntoId: kept.id,
    archivedAt: expect.any(String),
  })
})

test('restored, it is a record of its own again', async () => {
  const [gone, kept] = await two()
  await merge(gone, kept)
  const { version } = await api().students.get({ id: gone.id })
  expect(await api().students.restore({ id: gone.id, version })).toMatchObject({
    mergedIntoId: null,
    archivedAt: null,
  })
})

test('a merge is refused when either record has changed since the preview, is archived, or is the same', async () => {
  const [gone, kept] = await two()
  await expect(merge(gone, gone)).rejects.toMatchObject({ cause: { reason: 'merge.same' } })
  await api().students.update({ id: kept.id, version: 1, gradeLevel: '09' })
  await expect(merge(gone, kept)).rejects.toMatchObject({ cause: { reason: 'student.stale' } })
  await api().students.archive({ id: gone.id, version: 1 })
  await expect(merge({ id: gone.id, version: 2 }, { id: kept.id, version: 2 })).rejects.toMatchObject({
    cause: { reason: 'student.not_found' },
  })
})

test('a record made by hand takes over the id an import knows; one that has its own leaves the other where it is', async () => {
  const withSource = async (sourcedId: string) => {
    const { id } = await newStudent()
    await writeInSchool(school.id, async (tx) => {
      await tx
        .update(students)
        .set({ sourcedId, extra: { sex: 'f' } })
        .where(eq(students.id, id))
      return []
    })
    return api().students.get({ id })
  }
  const [first, second, byHand] = [await withSource('sis-1'), await withSource('sis-2'), await newStudent()]
  await merge(first, byHand)
  expect(await studentRow(byHand.id)).toMatchObject({ sourcedId: 'sis-1', extra: { sex: 'f' } })
  expect(await studentRow(first.id)).toMatchObject({ sourcedId: null })
  await merge(second, await api().students.get({ id: byHand.id }))
  expect(await studentRow(byHand.id)).toMatchObject({ sourcedId: 'sis-1' })
  expect(await studentRow(second.id)).toMatchObject({ sourcedId: 'sis-2', mergedIntoId: byHand.id })
})

test('enrolled in the same class twice, she has one seat there, from the first day to the last', async () => {
  const [gone, kept] = await two()
  const classId = await newClass()
  await enroll(gone.id, { classId, beginDate: '2026-09-01', grade: 'B', note: 'From the SIS', sourcedId: 'e-1' })
  await enroll(kept.id, { classId, beginDate: '2026-10-01', endDate: '2026-12-18', note: 'By hand' })
  expect((await api().classes.get({ id: classId })).taken).toBe(2)
  await merge(gone, kept)
  expect((await api().classes.get({ id: classId })).taken).toBe(1)
  expect(await openRows(kept.id)).toMatchObject([
    {
      beginDate: '2026-09-01',
      endDate: null,
      status: 'enrolled',
      grade: 'B',
      note: 'By hand\nFrom the SIS',
      sourcedId: 'e-1',
    },
  ])
})

test('withdrawn in one record and there in the other, she is there', async () => {
  const [gone, kept] = await two()
  const classId = await newClass()
  await enroll(gone.id, { classId, status: 'withdrawn', withdrawalReason: 'moved', beginDate: '2026-09-01' })
  await enroll(kept.id, { classId, beginDate: '2026-09-15', endDate: '2026-12-18' })
  await merge(gone, kept)
  expect(await openRows(kept.id)).toMatchObject([
    { beginDate: '2026-09-01', endDate: '2026-12-18', status: 'enrolled', withdrawalReason: null },
  ])
})

test('a class she left last year and takes again now stays twice in her history', async () => {
  const [gone, kept] = await two()
  const classId = await newClass()
  await enroll(gone.id, { classId, status: 'completed', beginDate: '2025-09-01', endDate: '2026-06-20' })
  await enroll(kept.id, { classId, beginDate: '2026-09-01' })
  await merge(gone, kept)
  expect((await openRows(kept.id)).map(({ status }) => status).toSorted()).toEqual(['completed', 'enrolled'])
})

test('twice in the line for a class, she keeps the better place; with a seat she needs none', async () => {
  const [gone, kept] = await two()
  const [full, seated] = [await newClass('Full', 0), await newClass('Seated')]
  const waiting = { status: 'waitlisted' as const }
  await enroll(
    gone.id,
    { classId: full, ...waiting, waitlistPosition: 2 },
    { classId: seated, ...waiting, waitlistPosition: 1 },
  )
  await enroll(kept.id, { classId: full, ...waiting, waitlistPosition: 7 }, { classId: seated })
  await merge(gone, kept)
  const rows = await openRows(kept.id)
  expect(rows.map(({ classId, status, waitlistPosition }) => [classId, status, waitlistPosition]).toSorted()).toEqual(
    [
      [full, 'waitlisted', 2],
      [seated, 'enrolled', null],
    ].toSorted(),
  )
})

test('an enrollment put away long ago keeps its first day, and one that begins on that day comes over', async () => {
  const [gone, kept] = await two()
  const classId = await newClass()
  await enroll(kept.id, { classId, beginDate: '2026-09-01', archivedAt: new Date('2026-09-02T10:00:00Z') })
  await enroll(gone.id, { classId, beginDate: '2026-09-01' })
  await merge(gone, kept)
  expect(await openRows(kept.id)).toMatchObject([{ beginDate: '2026-09-01', status: 'enrolled' }])
  const [put] = (await rowsOf(kept.id)).filter(({ archivedAt }) => archivedAt)
  expect(put).toMatchObject({ beginDate: '2026-09-01', extra: {} })
})

const link = (studentId: string, more: object) =>
  api().studentGuardians.create({ studentId, relation: 'mother', ...more })

test('a guardian of both is linked once and with the safer marks; the others are called after', async () => {
  const [gone, kept] = await two()
  const gina = { guardian: { givenName: 'Gina', familyName: 'Abara' }, mayPickUp: true, livesWith: true }
  const [{ guardianId = '' } = {}] = await link(kept.id, gina)
  await link(gone.id, { guardianId, isBarred: true, note: 'Court order of May' })
  await link(gone.id, { guardian: { givenName: 'Fred', familyName: 'Abara' }, relation: 'father', mayPickUp: true })
  await merge(gone, kept)
  expect(await api().studentGuardians.list({ studentId: kept.id })).toMatchObject([
    { givenName: 'Gina', priority: 1, isBarred: true, mayPickUp: false, note: 'Court order of May' },
    { givenName: 'Fred', priority: 2, mayPickUp: true },
  ])
})

test('alerts come over, the same one once; an address fills the gap and replaces only where chosen', async () => {
  const address = (kind: 'local' | 'permanent', street: string) => ({
    kind,
    street,
    city: null,
    region: null,
    postalCode: null,
    country: null,
  })
  const [gone, kept] = await two(
    { addresses: [address('local', 'Old Road'), address('permanent', 'Far Away')] },
    { addresses: [address('local', 'New Road')] },
  )
  const alert = (studentId: string, text: string) => api().studentAlerts.create({ studentId, kind: 'medical', text })
  await alert(gone.id, 'Peanuts')
  await alert(gone.id, 'Asthma')
  await alert(kept.id, 'PEANUTS')
  const { student } = await merge(gone, kept)
  expect(student).toMatchObject({ addresses: [{ street: 'New Road' }, { street: 'Far Away' }] })
  const { alerts } = await api().studentAlerts.list({ studentId: kept.id })
  expect(alerts.map(({ text }) => text).toSorted()).toEqual(['Asthma', 'PEANUTS'])
  const [third] = [await newStudent({ addresses: [address('local', 'Third Road')] })]
  const again = await merge(third, await api().students.get({ id: kept.id }), ['local'])
  expect(again.student).toMatchObject({ addresses: [{ street: 'Third Road' }, { street: 'Far Away' }] })
})

test('the preview says what would come over and what both have, and writes nothing', async () => {
  const [gone, kept] = await two()
  const [art, biology] = [await newClass('Art 7'), await newClass('Biology 7')]
  await enroll(gone.id, { classId: art }, { classId: biology })
  await enroll(kept.id, { classId: art })
  await link(gone.id, { guardian: { givenName: 'Gina', familyName: 'Abara' } })
  const preview = await api().students.mergePreview({ id: gone.id, intoId: kept.id })
  expect(preview).toMatchObject({
    gone: { id: gone.id },
    kept: { id: kept.id, version: 1 },
    classes: { moved: ['Biology 7'], folded: ['Art 7'] },
    guardians: { moved: ['Gina Abara'], folded: [] },
  })
  expect(await openRows(gone.id)).toHaveLength(2)
})

const pairs = async () =>
  (await api().students.duplicates()).pairs.map((pair) => [pair.one.id, pair.other.id].toSorted().join())

test('the same name is a likely double, unless two birth dates say otherwise', async () => {
  const double = (givenName: string, birthDate: string | null) =>
    api().students.create({ givenName, familyName: 'Óberg', birthDate })
  const [one, same, undated, another] = [
    await double('Ida', '2012-05-01'),
    await double('IDA', '2012-05-01'),
    await double('Ida', null),
    await double('Ida', '2013-01-01'),
  ]
  const key = (...of: { id: string }[]) =>
    of
      .map(({ id }) => id)
      .toSorted()
      .join()
  const found = await pairs()
  for (const pair of [key(one, same), key(one, undated), key(undated, another)]) expect(found).toContain(pair)
  expect(found).not.toContain(key(one, another))
  await merge(same, one)
  expect(await pairs()).not.toContain(key(one, same))
})

test('a repeated request answers the same and merges once', async () => {
  const [gone, kept] = await two()
  const key = newId()
  const input = { id: gone.id, version: 1, intoId: kept.id, intoVersion: 1 }
  const first = await as(registrar, { key }).students.merge(input)
  expect(first.operationId).toBe(key)
  expect(await as(registrar, { key }).students.merge(input)).toEqual(first)
})

test('the seat that becomes free goes to whoever waits first, and back when the merge is undone', async () => {
  const [gone, kept] = await two()
  const waiting = await newStudent({ givenName: 'Willa' })
  const classId = await newClass('Full', 2)
  await enroll(gone.id, { classId })
  await enroll(kept.id, { classId })
  await enroll(waiting.id, { classId, status: 'waitlisted', waitlistPosition: 1 })
  const { operationId } = await merge(gone, kept)
  expect(await openRows(waiting.id)).toMatchObject([{ status: 'enrolled' }])
  await api().journal.undo({ operationId })
  expect(await openRows(waiting.id)).toMatchObject([{ status: 'waitlisted', waitlistPosition: 1 }])
  expect((await api().classes.get({ id: classId })).taken).toBe(2)
})

/** Everything of two students, without the versions. */
async function everything(...ids: string[]) {
  const of = async (
    table: typeof enrollments | typeof studentGuardians | typeof studentAlerts | typeof studentAddresses,
  ) => db.select().from(table).where(inArray(table.studentId, ids)).orderBy(table.id)
  const rows = [
    ...(await db.select().from(students).where(inArray(students.id, ids)).orderBy(students.id)),
    ...(await of(enrollments)),
    ...(await of(studentGuardians)),
    ...(await of(studentAlerts)),
    ...(await of(studentAddresses)),
  ]
  return rows.map(({ version: _, ...row }) => row)
}

test('a merge that is undone leaves both records exactly as they were', async () => {
  const address = { kind: 'local' as const, street: 'Road', city: null, region: null, postalCode: null, country: null }
  const [gone, kept] = await two({ number: 'U-1', birthDate: '2012-05-01', addresses: [address] }, { number: 'U-2' })
  const classId = await newClass()
  await enroll(gone.id, { classId, beginDate: '2026-09-01', sourcedId: 'u-1' })
  await enroll(kept.id, { classId, beginDate: '2026-09-01', note: 'kept' })
  const [{ guardianId = '' } = {}] = await link(gone.id, { guardian: { givenName: 'Gina', familyName: 'Abara' } })
  await link(kept.id, { guardianId, mayPickUp: true })
  await api().studentAlerts.create({ studentId: gone.id, kind: 'safety', text: 'Runs off' })
  const before = await everything(gone.id, kept.id)
  const { operationId, student } = await merge(gone, kept, ['number'])
  expect(student).toMatchObject({ number: 'U-1' })
  await api().journal.undo({ operationId })
  expect(await everything(gone.id, kept.id)).toEqual(before)
})

const days = ['2025-09-01', '2026-01-10', '2026-06-20', '2026-09-01', '2026-11-20', '2026-12-18', null] as const
type Ranged = typeof range extends fc.Arbitrary<infer Value> ? Value : never
const range = fc.record({
  begin: fc.constantFrom(...days),
  end: fc.constantFrom(...days),
  status: fc.constantFrom('enrolled' as const, 'completed' as const, 'withdrawn' as const, 'waitlisted' as const),
  archived: fc.boolean(),
})
/** An import can say so: over, without an end, and not begun when she leaves. */
const over = { end: null, status: 'completed' as const, archived: false }
const leftBeforeItBegan: [Ranged[], Ranged[]] = [
  [
    { begin: '2025-09-01', end: '2026-11-20', status: 'enrolled', archived: false },
    { begin: '2026-12-18', ...over },
  ],
  [{ begin: '2026-11-20', ...over }],
]
/** Another system's withdrawal may have no end; she waits in the other record, for a seat from the same day. */
const waitsFromTheDayOfAnother: [Ranged[], Ranged[]] = [
  [{ begin: '2026-12-18', end: null, status: 'withdrawn', archived: false }],
  [{ begin: '2026-12-18', end: null, status: 'waitlisted', archived: false }],
]
type Range = { beginDate: string | null; endDate: string | null }
const overlap = (a: Range, b: Range) =>
  (a.beginDate ?? '') <= (b.endDate ?? '9') && (b.beginDate ?? '') <= (a.endDate ?? '9')

/** As the register allows them: no overlap of what is open, no two of one first day, one place in the line. */
function allowed(
  ranges: { begin: string | null; end: string | null; status: Enrolled['status']; archived: boolean }[],
) {
  const rows: Required<Pick<Enrolled, 'beginDate' | 'endDate' | 'status' | 'archivedAt'>>[] = []
  for (const { begin, end, status, archived } of ranges) {
    const row = {
      beginDate: begin,
      endDate: begin && end && end < begin ? null : end,
      status: status ?? 'enrolled',
      archivedAt: archived ? new Date(0) : null,
    }
    const clashes = rows.some(
      (other) =>
        (other.beginDate !== null && other.beginDate === row.beginDate) ||
        (!other.archivedAt && !row.archivedAt && overlap(other as Range, row)),
    )
    if (!clashes) rows.push(row)
  }
  return rows
}
const isSeat = (row: { status: string; endDate: string | null; archivedAt: Date | null }) =>
  !row.archivedAt && row.status === 'enrolled' && (row.endDate === null || row.endDate >= today)

test('whatever two records are enrolled in: nothing is lost, nothing overlaps, and a seat is held where one was', async () => {
  let place = 0
  await fc.assert(
    fc.asyncProperty(fc.array(range, { maxLength: 4 }), fc.array(range, { maxLength: 4 }), async (first, second) => {
      const [gone, kept] = await two()
      const rows = [allowed(first), allowed(second)] as const
      const seats = rows.filter((ofOne) => ofOne.some((row) => isSeat(row as Parameters<typeof isSeat>[0]))).length
      const classId = await newClass('Any', seats)
      for (const [index, student] of [gone, kept].entries())
        await enroll(
          student.id,
          ...(rows[index] ?? []).map((row) => ({
            classId,
            ...row,
            ...(row.status === 'waitlisted' && { waitlistPosition: ++place }),
          })),
        )
      const before = await rowsOf(gone.id, kept.id)
      const whole = await everything(gone.id, kept.id)
      const { operationId } = await merge(gone, kept)
      const after = await rowsOf(gone.id, kept.id)
      const open = after.filter(({ archivedAt }) => !archivedAt)

      expect(after.map(({ id }) => id).toSorted()).toEqual(before.map(({ id }) => id).toSorted())
      expect(open.every(({ studentId }) => studentId === kept.id)).toBe(true)
      const attended = open.filter(({ status }) => status !== 'waitlisted')
      for (const [index, row] of attended.entries())
        for (const other of attended.slice(index + 1)) expect(overlap(row, other), 'two ranges overlap').toBe(false)
      for (const { beginDate, endDate, status } of before.filter(
        (row) => !row.archivedAt && row.status !== 'waitlisted',
      )) {
        // Left on a day nobody wrote down: that she came is known, and no more.
        const [first, last] = [beginDate ?? '', endDate ?? (status === 'enrolled' ? '9' : (beginDate ?? ''))]
        const holds = attended.some((row) => (row.beginDate ?? '') <= first && (row.endDate ?? '9') >= last)
        expect(holds, 'a day is lost').toBe(true)
      }
      expect(open.some(isSeat), 'a seat is lost or won').toBe(before.some(isSeat))
      const waiting = before.filter((row) => !row.archivedAt && row.status === 'waitlisted')
      const places = open.flatMap((row) => row.waitlistPosition ?? [])
      if (before.some((row) => row.studentId === gone.id && !row.archivedAt)) {
        const best = Math.min(...waiting.flatMap((row) => row.waitlistPosition ?? []))
        expect(places).toEqual(waiting.length && !before.some(isSeat) ? [best] : [])
      }

      await api().journal.undo({ operationId })
      expect(await everything(gone.id, kept.id), 'undone, it is not as it was').toEqual(whole)
    }),
    { numRuns: cases(10, 30), examples: [leftBeforeItBegan, waitsFromTheDayOfAnother] },
  )
})

test('whatever guardians and alerts two records have, each is there once afterwards', async () => {
  const pool = await Promise.all(
    Array.from({ length: 4 }, (_, n) => api().guardians.create({ givenName: `G${n}`, familyName: 'Pool' })),
  )
  const some = fc.uniqueArray(fc.nat(3), { maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(some, some, some, some, async (linksA, linksB, alertsA, alertsB) => {
      const [gone, kept] = await two()
      for (const [student, links, alerts] of [
        [gone, linksA, alertsA],
        [kept, linksB, alertsB],
      ] as const) {
        for (const n of links) await link(student.id, { guardianId: pool[n]?.id })
        for (const n of alerts)
          await api().studentAlerts.create({ studentId: student.id, kind: 'other', text: `A${n}` })
      }
      await merge(gone, kept)
      const linked = await api().studentGuardians.list({ studentId: kept.id })
      expect(linked.map(({ priority }) => priority)).toEqual(linked.map((_, index) => index + 1))
      expect(linked.map(({ givenName }) => givenName).toSorted()).toEqual(
        [...new Set([...linksA, ...linksB])].map((n) => `G${n}`).toSorted(),
      )
      const { alerts } = await api().studentAlerts.list({ studentId: kept.id })
      expect(alerts.map(({ text }) => text).toSorted()).toEqual(
        [...new Set([...alertsA, ...alertsB])].map((n) => `A${n}`).toSorted(),
      )
      for (const table of [studentGuardians, studentAlerts])
        expect(
          await db
            .select()
            .from(table)
            .where(and(eq(table.studentId, gone.id), isNull(table.archivedAt))),
        ).toEqual([])
    }),
    { numRuns: cases(4, 10) },
  )
  expect(await db.select().from(guardians).where(eq(guardians.familyName, 'Pool'))).toHaveLength(4)
})
