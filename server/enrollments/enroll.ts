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
import { firstDay, freeSeats, fullClass, rowsIn, settledSeats } from './seats.ts'

/** What enrolling finds of a student in the class. */
interface Candidate {
  studentId: string
  /** undefined where the school has none of this id. */
  isArchived: boolean | undefined
  /** Her rows in the class. */
  rows: EnrollmentRow[]
}
/** How she gets in: a row of hers goes on, or a new one begins. */
interface Place {
  studentId: string
  before?: EnrollmentRow
  fields: EnrollmentFields
}
interface Seats {
  free: number
  /** The next place in the line; undefined where nobody is to wait. */
  nextPosition: number | undefined
}

/** A withdrawn row that the day lies in is taken up again: the student was gone for no day of it. */
function rowToResume(current: readonly EnrollmentRow[], beginDate: string): EnrollmentRow | undefined {
  return current.find((row) => row.status === 'withdrawn' && covers(row, beginDate))
}

function seated({ studentId, rows }: Candidate, beginDate: string): Place {
  const before = rowToResume(rows, beginDate)
  if (!before) return { studentId, fields: { status: 'enrolled', beginDate } }
  return { studentId, before, fields: { status: 'enrolled', endDate: null, withdrawalReason: null } }
}

/** Who waits leaves the days she has had in the class as they are: her place begins after them. */
function inLine({ studentId, rows }: Candidate, day: string, position: number): Place {
  const fields = { status: 'waitlisted', waitlistPosition: position } as const
  const before = rowToResume(rows, day)
  if (before?.endDate === null) return { studentId, before, fields: { ...fields, withdrawalReason: null } }
  return { studentId, fields: { ...fields, beginDate: firstFreeDay(rows, day) } }
}

/** Her place, or why she gets none; undefined when she sits in the class already, or waits for it. */
function placeFor(candidate: Candidate, seats: Seats, beginDate: string, day: string): Place | Reason | undefined {
  if (candidate.isArchived === undefined) return 'student.not_found'
  if (candidate.isArchived) return 'enrollment.archived'
  const { rows } = candidate
  if (rows.some(isWaiting)) return undefined
  if (rows.some((row) => holdsSeat(row, day) && covers(row, beginDate))) return undefined
  const hasSeat = rows.some((row) => holdsSeat(row, day)) || seats.free > 0
  if (!hasSeat && seats.nextPosition === undefined) return 'class.full'
  const place = hasSeat ? seated(candidate, beginDate) : inLine(candidate, beginDate, seats.nextPosition ?? 0)
  const range = { beginDate: null, endDate: null, ...place.before, ...place.fields } as EnrollmentRow
  if (rows.some((row) => row !== place.before && overlap(row, range))) return 'enrollment.overlaps'
  return place
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

/**
 * The next place in the line: after every other, and one that nobody ever had in this class, so that an undone promotion
 * finds its place free. Every change of an enrollment adds to the sum of the versions, which therefore never repeats.
 */
async function nextPosition(tx: Reader, { school }: MutationContext, classId: string): Promise<number> {
  const [before] = await tx
    .select({ last: max(enrollments.waitlistPosition), changes: sum(enrollments.version) })
    .from(enrollments)
    .where(and(eq(enrollments.schoolId, school.id), eq(enrollments.classId, classId)))
  return Math.max(Number(before?.last ?? 0), Number(before?.changes ?? 0)) + 1
}

/** Everybody's place, first come first; throws when one of them gets none. */
async function placesFor(
  tx: Transaction,
  ctx: MutationContext,
  input: EnrollInput,
  seating: Seating,
): Promise<Place[]> {
  const { classId, studentIds, waitlist } = input
  const day = today(ctx)
  const beginDate = input.beginDate ?? (await firstDay(tx, ctx, classId)) ?? day
  const seats: Seats = {
    free: freeSeats(seating),
    nextPosition: waitlist ? await nextPosition(tx, ctx, classId) : undefined,
  }
  const refusals = new Refusals(studentIds.length)
  const places = new Map<string, Place>()
  for (const [index, candidate] of (await candidatesOf(tx, ctx, input)).entries()) {
    if (places.has(candidate.studentId)) continue
    const place = placeFor(candidate, seats, beginDate, day)
    if (typeof place === 'string') {
      if (studentIds.length === 1) throw place === 'class.full' ? fullClass(seating) : new DomainError(place)
      refusals.add(index, { reason: place })
    } else if (place) {
      places.set(candidate.studentId, place)
      if (place.fields.status === 'waitlisted') seats.nextPosition = (seats.nextPosition ?? 0) + 1
      else if (!candidate.rows.some((row) => holdsSeat(row, day))) seats.free--
    }
  }
  refusals.throwIfAny((index) => studentIds[index])
  return [...places.values()]
}

async function write(tx: Transaction, ctx: MutationContext, input: EnrollInput): Promise<Change[]> {
  const { seating, promoted } = await settledSeats(tx, ctx, input.classId)
  if (seating.archivedAt) throw new DomainError('enrollment.archived')
  const places = await placesFor(tx, ctx, input, seating)
  const resumed = places.flatMap(({ before, fields }) => (before ? { before, fields } : []))
  const added = places.flatMap(({ before, studentId, fields }) =>
    before ? [] : { ...fields, studentId, classId: input.classId },
  )
  return [
    ...promoted,
    ...(await replaceRows(tx, enrollmentCore, resumed)),
    ...(await addRows(tx, enrollmentCore, ctx.school.id, added)),
  ]
}

/** By the rows the operation changed, so that a repetition of the request answers the same. */
async function answer(tx: Reader, ctx: MutationContext, { classId, studentIds }: EnrollInput, changed: Changed[]) {
  const ids = new Set(changed.filter(({ entity }) => entity === 'enrollment').map(({ id }) => id))
  const rows = (await rowsIn(tx, ctx, classId, studentIds)).filter(({ id }) => ids.has(id))
  const changedOf = new Map(rows.map((row) => [row.studentId, row]))
  const outcomes = studentIds.map((studentId) => {
    const row = changedOf.get(studentId)
    const outcome = !row ? 'already' : row.status === 'waitlisted' ? 'waitlisted' : 'enrolled'
    return { studentId, outcome: outcome as 'already' | 'enrolled' | 'waitlisted' }
  })
  const promoted = await promotedBy(tx, ctx, changed)
  return { outcomes, promoted: promoted.filter(({ studentId }) => !studentIds.includes(studentId)) }
}

/**
 * Enrolls one student or many: all of them, or none. Free seats go to those who wait before they go to these; who finds
 * none is put on the waitlist where that is wanted, and else refused as `class.full`. Of many, `many.refused` says what
 * stands against each.
 */
export const enroll = (ctx: MutationContext, input: EnrollInput) =>
  mutate(
    ctx,
    { deed: 'enroll', about: 'enrollment' },
    (tx) => write(tx, ctx, input),
    (tx, changed) => answer(tx, ctx, input, changed),
  )
