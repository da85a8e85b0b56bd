import { and, eq, inArray, max, sum } from 'drizzle-orm'
import type { Reader, Transaction } from '../../db/database.ts'
import { enrollments, students } from '../../db/schema/index.ts'
import { covers, firstFreeDay, overlap, today } from '../calendar.ts'
import type { MutationContext } from '../context.ts'
import type { Reason } from '../errors.ts'
import { DomainError } from '../errors.ts'
import type { Change } from '../journal/entry.ts'
import type { Changed } from '../journal/operation.ts'
import { mutate } from '../journal/operation.ts'
import { Refusals } from '../records/refusals.ts'
import { addRows, replaceRows } from '../records/write.ts'
import type { EnrollmentFields, EnrollmentRow } from './core.ts'
import { enrollmentCore, holdsSeat, isWaiting } from './core.ts'
import type { EnrollInput } from './input.ts'
import { promotedBy } from './read.ts'
import type { Seating } from './seats.ts'
import { freeSeats, fullClass, rowsIn, settledSeats } from './seats.ts'
import { firstDay } from './waiting.ts'

interface Candidate {
  studentId: string
  /** The school has no student of this id where it is undefined. */
  isArchived: boolean | undefined
  rows: EnrollmentRow[]
}
interface Admission {
  studentId: string
  before?: EnrollmentRow
  fields: EnrollmentFields
}
interface Seats {
  free: number
  nextPosition: number | undefined
}

/** A withdrawn row that contains the day goes on, since the student missed no day. */
function rowToResume(current: readonly EnrollmentRow[], beginDate: string): EnrollmentRow | undefined {
  return current.find((row) => row.status === 'withdrawn' && covers(row, beginDate))
}

function seated({ studentId, rows }: Candidate, beginDate: string): Admission {
  const before = rowToResume(rows, beginDate)
  if (!before) return { studentId, fields: { status: 'enrolled', beginDate } }
  return { studentId, before, fields: { status: 'enrolled', endDate: null, withdrawalReason: null } }
}

/** A student who waits keeps her earlier days in the class, so a new row begins after them. */
function inLine({ studentId, rows }: Candidate, day: string, position: number): Admission {
  const fields = { status: 'waitlisted', waitlistPosition: position } as const
  const before = rowToResume(rows, day)
  if (before?.endDate === null) return { studentId, before, fields: { ...fields, withdrawalReason: null } }
  return { studentId, fields: { ...fields, beginDate: firstFreeDay(rows, day) } }
}

/** Returns undefined when she has a seat in the class already, or waits for one. */
function admit(candidate: Candidate, seats: Seats, beginDate: string, day: string): Admission | Reason | undefined {
  if (candidate.isArchived === undefined) return 'student.not_found'
  if (candidate.isArchived) return 'enrollment.archived'
  const { rows } = candidate
  if (rows.some(isWaiting)) return undefined
  if (rows.some((row) => holdsSeat(row, day) && covers(row, beginDate))) return undefined
  const hasSeat = rows.some((row) => holdsSeat(row, day)) || seats.free > 0
  if (!hasSeat && seats.nextPosition === undefined) return 'class.full'
  const admission = hasSeat ? seated(candidate, beginDate) : inLine(candidate, beginDate, seats.nextPosition ?? 0)
  const range = { beginDate: null, endDate: null, ...admission.before, ...admission.fields } as EnrollmentRow
  if (rows.some((row) => row !== admission.before && overlap(row, range))) return 'enrollment.overlaps'
  return admission
}

async function candidatesOf(tx: Reader, ctx: MutationContext, { classId, studentIds }: EnrollInput) {
  const known = await tx
    .select({ id: students.id, archivedAt: students.archivedAt })
    .from(students)
    .where(and(eq(students.schoolId, ctx.school.id), inArray(students.id, studentIds)))
  const archived = new Map(known.map(({ id, archivedAt }) => [id, archivedAt !== null]))
  const rows = new Map<string, EnrollmentRow[]>()
  for (const row of await rowsIn(tx, ctx, classId, studentIds))
    rows.set(row.studentId, [...(rows.get(row.studentId) ?? []), row])
  return studentIds.map(
    (studentId): Candidate => ({
      studentId,
      isArchived: archived.get(studentId),
      rows: rows.get(studentId) ?? [],
    }),
  )
}

/** A position is never given twice, so an undone promotion finds its own free. Each change raises the sum of versions. */
export async function nextPosition(tx: Reader, { school }: MutationContext, classId: string): Promise<number> {
  const [before] = await tx
    .select({ last: max(enrollments.waitlistPosition), changes: sum(enrollments.version) })
    .from(enrollments)
    .where(and(eq(enrollments.schoolId, school.id), eq(enrollments.classId, classId)))
  return Math.max(Number(before?.last ?? 0), Number(before?.changes ?? 0)) + 1
}

/** Students get seats in the given order. Throws when one of them gets none. */
async function admitAll(tx: Transaction, ctx: MutationContext, input: EnrollInput, seating: Seating) {
  const { classId, studentIds, waitlist } = input
  const day = today(ctx)
  const beginDate = input.beginDate ?? (await firstDay(tx, ctx, classId)) ?? day
  const seats: Seats = {
    free: freeSeats(seating),
    nextPosition: waitlist ? await nextPosition(tx, ctx, classId) : undefined,
  }
  const refusals = new Refusals(studentIds.length)
  const admissions = new Map<string, Admission>()
  for (const [index, candidate] of (await candidatesOf(tx, ctx, input)).entries()) {
    if (admissions.has(candidate.studentId)) continue
    const admission = admit(candidate, seats, beginDate, day)
    if (typeof admission === 'string') {
      if (studentIds.length === 1) throw admission === 'class.full' ? fullClass(seating) : new DomainError(admission)
      refusals.add(index, { reason: admission })
    } else if (admission) {
      admissions.set(candidate.studentId, admission)
      if (admission.fields.status === 'waitlisted') seats.nextPosition = (seats.nextPosition ?? 0) + 1
      else if (!candidate.rows.some((row) => holdsSeat(row, day))) seats.free--
    }
  }
  refusals.throwIfAny((index) => studentIds[index])
  return [...admissions.values()]
}

/** All or none get in, after students who wait. Throws `class.full`, or `many.refused` with a reason for each. */
export async function admitTo(tx: Transaction, ctx: MutationContext, input: EnrollInput): Promise<Change[]> {
  const { seating, promoted } = await settledSeats(tx, ctx, input.classId)
  if (seating.archivedAt) throw new DomainError('enrollment.archived')
  const admissions = await admitAll(tx, ctx, input, seating)
  const resumed = admissions.flatMap(({ before, fields }) => (before ? { before, fields } : []))
  const added = admissions.flatMap(({ before, studentId, fields }) =>
    before ? [] : { ...fields, studentId, classId: input.classId },
  )
  return [
    ...promoted,
    ...(await replaceRows(tx, enrollmentCore, resumed)),
    ...(await addRows(tx, enrollmentCore, ctx.school.id, added)),
  ]
}

/** A repeated request answers the same, by the rows that the operation changed. */
export async function enrolledAnswer(
  tx: Reader,
  ctx: MutationContext,
  { classId, studentIds }: Pick<EnrollInput, 'classId' | 'studentIds'>,
  changed: readonly Changed[],
) {
  const ids = new Set(changed.filter(({ entity }) => entity === 'enrollment').map(({ id }) => id))
  const rows = (await rowsIn(tx, ctx, classId, studentIds)).filter(({ id }) => ids.has(id))
  const changedOf = new Map(rows.map((row) => [row.studentId, row]))
  const outcomes = studentIds.map((studentId) => {
    const row = changedOf.get(studentId)
    const outcome = !row ? 'already' : row.status === 'waitlisted' ? 'waitlisted' : 'enrolled'
    return { studentId, outcome: outcome as 'already' | 'enrolled' | 'waitlisted' }
  })
  const promoted = await promotedBy(tx, ctx, changed)
  return {
    operationId: ctx.operation.id,
    outcomes,
    promoted: promoted.filter(({ studentId }) => !studentIds.includes(studentId)),
  }
}

export const enroll = (ctx: MutationContext, input: EnrollInput) =>
  mutate(
    ctx,
    { deed: 'enroll', about: 'enrollment' },
    (tx) => admitTo(tx, ctx, input),
    (tx, changed) => enrolledAnswer(tx, ctx, input, changed),
  )
