/** An instructor still sees a class whose assignment has ended, as people come back to her, but not an archived one. */
import { and, eq, isNull, ne } from 'drizzle-orm'
import type { Reader, Transaction } from '../../db/database.ts'
import { classInstructors } from '../../db/schema/index.ts'
import type { DayRange } from '../calendar.ts'
import { overlap } from '../calendar.ts'
import type { Context, MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Change } from '../journal/entry.ts'
import { mutate } from '../journal/operation.ts'
import type { Booking } from '../meetings/bookings.ts'
import { writeHolding } from '../meetings/hold.ts'
import { archiveRecord } from '../records/archive.ts'
import type { SeenVersion } from '../records/input.ts'
import type { RowOf } from '../records/kind.ts'
import { rowsWhere } from '../records/kind.ts'
import { referredRecord } from '../records/refer.ts'
import { addRecord, changeRows, given, seenRecord } from '../records/write.ts'
import type { CreateClassInstructorInput, UpdateClassInstructorInput } from './input.ts'
import { classInstructorKind } from './kind.ts'

type Row = RowOf<typeof classInstructors>
type Assigned = Pick<Row, 'classId' | 'instructorId' | 'isPrimary' | 'beginDate' | 'endDate'> & { id?: string }

async function readAssignment(tx: Reader, { school }: Context, id: string) {
  const [found] = await tx
    .select({
      id: classInstructors.id,
      classId: classInstructors.classId,
      instructorId: classInstructors.instructorId,
      isPrimary: classInstructors.isPrimary,
      beginDate: classInstructors.beginDate,
      endDate: classInstructors.endDate,
      version: classInstructors.version,
      archivedAt: classInstructors.archivedAt,
    })
    .from(classInstructors)
    .where(and(eq(classInstructors.schoolId, school.id), eq(classInstructors.id, id)))
  if (!found) throw new DomainError('classInstructor.not_found')
  return { ...found, archivedAt: found.archivedAt?.toISOString() ?? null }
}

async function requireEnds(tx: Transaction, { school }: Context, row: Pick<Row, 'classId' | 'instructorId'>) {
  for (const field of ['classId', 'instructorId'] as const)
    await referredRecord(tx, classInstructorKind, field, school.id, row[field])
}

async function makeRoom(tx: Transaction, { school }: Context, after: Assigned): Promise<Change[]> {
  const { id, classId, instructorId, isPrimary, beginDate, endDate } = after
  if (beginDate !== null && endDate !== null && beginDate > endDate)
    throw new DomainError('classInstructor.dates_order')
  const rows = await rowsWhere(
    tx,
    classInstructorKind,
    school.id,
    and(
      eq(classInstructors.classId, classId),
      eq(classInstructors.instructorId, instructorId),
      isNull(classInstructors.archivedAt),
      id ? ne(classInstructors.id, id) : undefined,
    ),
  )
  if (rows.some((row) => overlap(row, after))) throw new DomainError('classInstructor.overlaps')
  if (!isPrimary) return []
  const others = await primariesOn(tx, school.id, classId, after)
  return changeRows(
    tx,
    classInstructorKind,
    others.filter((other) => other.id !== id),
    { isPrimary: false },
  )
}

async function primariesOn(tx: Transaction, schoolId: number, classId: string, days: DayRange): Promise<Row[]> {
  const { isPrimary, archivedAt } = classInstructors
  const isOfClass = and(eq(classInstructors.classId, classId), eq(isPrimary, true), isNull(archivedAt))
  const rows = await rowsWhere(tx, classInstructorKind, schoolId, isOfClass)
  return rows.filter((row) => overlap(row, days))
}

const meetingsOfBoth = ({ classId, instructorId }: Pick<Row, 'classId' | 'instructorId'>) => ({
  instructors: [instructorId],
  isOwn: (booking: Booking) => booking.classId === classId,
})

/** Throws `meeting.conflicts` where the instructor teaches elsewhere at that time, unless a reason holds it. */
export const createClassInstructor = (
  ctx: MutationContext,
  { classId, instructorId, overrideReason, ...fields }: CreateClassInstructorInput,
) =>
  mutate(
    ctx,
    { deed: 'add', about: 'classInstructor' },
    async (tx) => {
      await requireEnds(tx, ctx, { classId, instructorId })
      const row = { isPrimary: false, beginDate: null, endDate: null, ...given(fields), classId, instructorId }
      const freed = await makeRoom(tx, ctx, row)
      const add = async () => [await addRecord(tx, classInstructorKind, ctx.school.id, row), ...freed]
      return writeHolding(tx, ctx, meetingsOfBoth(row), overrideReason, add)
    },
    (tx, [created]) => readAssignment(tx, ctx, created?.id ?? ''),
  )

export const updateClassInstructor = (
  ctx: MutationContext,
  { id, version, overrideReason, ...fields }: UpdateClassInstructorInput,
) =>
  mutate(
    ctx,
    { deed: 'change', about: 'classInstructor' },
    async (tx) => {
      const before = await seenRecord(tx, classInstructorKind, ctx, { id, version })
      if (before.archivedAt) throw new DomainError('classInstructor.not_found')
      const freed = await makeRoom(tx, ctx, { ...before, ...given(fields) })
      const change = async () => [...freed, ...(await changeRows(tx, classInstructorKind, [before], fields))]
      return writeHolding(tx, ctx, meetingsOfBoth(before), overrideReason, change)
    },
    (tx) => readAssignment(tx, ctx, id),
  )

/** The assignment was a mistake, so the instructor no longer sees the class. */
export const archiveClassInstructor = (ctx: MutationContext, seen: SeenVersion) =>
  mutate(
    ctx,
    { deed: 'archive', about: 'classInstructor' },
    (tx) => archiveRecord(tx, ctx, classInstructorKind, { ...seen, standing: 'keep' }),
    (tx) => readAssignment(tx, ctx, seen.id),
  )

/** It is the primary one again only if the class has no other on these days by now. What collides is marked, not refused. */
export const restoreClassInstructor = (ctx: MutationContext, seen: SeenVersion) =>
  mutate(
    ctx,
    { deed: 'restore', about: 'classInstructor' },
    async (tx) => {
      const before = await seenRecord(tx, classInstructorKind, ctx, seen)
      if (!before.archivedAt) return []
      await requireEnds(tx, ctx, before)
      const isPrimary = before.isPrimary && !(await primariesOn(tx, ctx.school.id, before.classId, before)).length
      const freed = await makeRoom(tx, ctx, { ...before, isPrimary })
      return [...freed, ...(await changeRows(tx, classInstructorKind, [before], { archivedAt: null, isPrimary }))]
    },
    (tx) => readAssignment(tx, ctx, seen.id),
  )
