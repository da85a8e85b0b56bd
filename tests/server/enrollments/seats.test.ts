/** Twenty people write at once; the journal is then played back, and what must hold is asked after every operation. */

import { and, asc, eq, inArray } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { journal, journalValues } from '../../../db/schema/index.ts'
import { DomainError } from '../../../server/errors.ts'
import { patiently } from '../../setup/patiently.ts'
import { as, db } from '../../setup/people.ts'
import { enroll, makeClass, makeStudents, registrar, school } from '../../setup/school.ts'
import { allRows } from './art-class.ts'

const writers = 20
const studentCount = 16
const student = fc.nat(studentCount - 1)
const act = fc.oneof(
  { weight: 5, arbitrary: fc.record({ verb: fc.constant('enroll' as const), student, waitlist: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      verb: fc.constant('enrollMany' as const),
      students: fc.array(student, { minLength: 2, maxLength: 5 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ verb: fc.constant('withdraw' as const), student }) },
  { weight: 1, arbitrary: fc.record({ verb: fc.constant('complete' as const), student }) },
  { weight: 2, arbitrary: fc.record({ verb: fc.constant('reinstate' as const), student }) },
  { weight: 2, arbitrary: fc.record({ verb: fc.constant('resize' as const), capacity: fc.nat(6) }) },
)
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

/** What may be refused when others are faster, or there is no seat. */
const expected = new Set([
  'class.full',
  'class.stale',
  'class.capacity_below',
  'enrollment.stale',
  'enrollment.not_open',
  'enrollment.not_found',
  'enrollment.overlaps',
  'many.refused',
])

async function perform(classId: string, students: readonly string[], one: Act): Promise<void> {
  const idOf = (index: number) => students[index] ?? ''
  if (one.verb === 'enroll') return void (await enroll(classId, [idOf(one.student)], { waitlist: one.waitlist }))
  if (one.verb === 'enrollMany') return void (await enroll(classId, one.students.map(idOf), { waitlist: true }))
  if (one.verb === 'resize') {
    const { version } = await as(registrar).classes.get({ id: classId })
    return void (await as(registrar).classes.update({ id: classId, version, capacity: one.capacity }))
  }
  const rows = await allRows(classId)
  const row = rows.findLast(({ studentId, archivedAt }) => studentId === idOf(one.student) && !archivedAt)
  if (!row) return
  const seen = { id: row.id, version: row.version }
  if (one.verb === 'withdraw') await as(registrar).enrollments.withdraw({ ...seen, reason: 'other' })
  else if (one.verb === 'complete') await as(registrar).enrollments.complete(seen)
  else await as(registrar).enrollments.reinstate(seen)
}

async function performAll(classId: string, students: readonly string[], acts: readonly Act[]): Promise<void> {
  for (const one of acts)
    await patiently(() => perform(classId, students, one)).catch((error: { cause?: unknown }) => {
      const known = error.cause instanceof DomainError && expected.has(error.cause.reason)
      if (!known) throw error
    })
}

interface Told {
  studentId: string
  status: string
  endDate: string | null
  waitlistPosition: number | null
  archivedAt: string | null
}
/** The operations on a class and its enrollments, oldest first: what each changed of which record. */
async function operationsOn(classId: string, ids: readonly string[]) {
  const entries = await db
    .select({ operationId: journal.operationId, id: journal.entityId, content: journalValues.content })
    .from(journal)
    .innerJoin(
      journalValues,
      and(eq(journalValues.schoolId, journal.schoolId), eq(journalValues.number, journal.number)),
    )
    .where(and(eq(journal.schoolId, school.id), inArray(journal.entityId, [classId, ...ids])))
    .orderBy(asc(journal.number))
  const operations: { id: string; after: Record<string, unknown> }[][] = []
  let last = ''
  for (const { operationId, id, content } of entries) {
    if (operationId !== last) operations.push([])
    last = operationId
    operations.at(-1)?.push({ id, after: (JSON.parse(content) as { after: Record<string, unknown> }).after })
  }
  return operations
}

const isWaiting = (row: Told) => row.status === 'waitlisted' && !row.archivedAt
const isSeated = (row: Told) => row.status === 'enrolled' && !row.archivedAt

/** Plays the journal back; answers the rows as it leaves them, and how often somebody moved up. */
async function playBack(classId: string, ids: readonly string[]) {
  const rows = new Map<string, Told>()
  const empty = { endDate: null, waitlistPosition: null, archivedAt: null } as Told
  let capacity = Number.POSITIVE_INFINITY
  let promotions = 0
  const given = new Set<number>()
  for (const operation of await operationsOn(classId, ids)) {
    for (const { id, after } of operation) {
      if (id === classId) {
        if (after.capacity !== undefined) capacity = Number(after.capacity)
        continue
      }
      const before = rows.get(id)
      const row = { ...empty, ...before, ...after } as Told
      if (before && isWaiting(before) && isSeated(row)) {
        const places = [...rows.values()].filter(isWaiting).map(({ waitlistPosition }) => waitlistPosition ?? 0)
        expect(before.waitlistPosition, 'whoever waits first moves up first').toBe(Math.min(...places))
        promotions++
      }
      if (isWaiting(row) && row.waitlistPosition !== before?.waitlistPosition) {
        expect(given, 'no place in the line is given twice').not.toContain(row.waitlistPosition)
        given.add(row.waitlistPosition ?? 0)
      }
      rows.set(id, row)
    }
    const open = [...rows.values()].filter((row) => isSeated(row) || isWaiting(row))
    const seats = open.filter(isSeated).length
    expect(seats, 'nobody sits where there is no seat').toBeLessThanOrEqual(capacity)
    expect(new Set(open.map(({ studentId }) => studentId)).size, 'nobody is there twice').toBe(open.length)
    if (open.some(isWaiting)) expect(seats, 'nobody waits while a seat is free').toBe(capacity)
  }
  return { rows, promotions }
}

test('twenty who enroll, withdraw and change the seats at once never overfill a class, mix up its line or lose anybody', async () => {
  let promotions = 0
  const scripts = fc.array(fc.array(act, { minLength: 4, maxLength: 4 }), { minLength: writers, maxLength: writers })
  const property = fc.asyncProperty(fc.nat(4), scripts, async (capacity, all) => {
    const { id } = await makeClass(capacity)
    const students = await makeStudents(studentCount)
    await Promise.all(all.map((acts) => performAll(id, students, acts)))
    const stored = await allRows(id)
    const played = await playBack(
      id,
      stored.map((row) => row.id),
    )
    const shown = ({ studentId, status, endDate, waitlistPosition }: Told) => ({
      studentId,
      status,
      endDate,
      waitlistPosition,
    })
    expect(stored.map((row) => [row.id, shown(row as never)])).toEqual(
      stored.map((row) => [row.id, shown(played.rows.get(row.id) as Told)]),
    )
    promotions += played.promotions
  })
  await fc.assert(property, { seed: 20_261_120, numRuns: 3, endOnFailure: true })
  expect(promotions).toBeGreaterThan(10)
})
