import type { SQL } from 'drizzle-orm'
import { and, eq, gte, isNull, or, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { classInstructors, enrollments, instructors, meetings, students } from '../../db/schema/index.ts'
import { classInstructorKind } from '../class-instructors/kind.ts'
import type { MutationContext } from '../context.ts'
import { today } from '../context.ts'
import { endOpen, isOpenOn, promoteWaiting } from '../enrollments/seats.ts'
import { isOpenOn as isTaughtOn } from '../instructors/read.ts'
import type { Change } from '../journal/entry.ts'
import { mutate } from '../journal/operation.ts'
import { meetingKind } from '../meetings/kind.ts'
import type { Foundation } from '../records/archive.ts'
import { archiveRecord, restoreRecord } from '../records/archive.ts'
import type { ArchiveInput, SeenInput } from '../records/input.ts'
import { changeStanding, standingOf } from '../records/standing.ts'
import { classKind } from './kind.ts'
import { readClass } from './read.ts'

const isHeldOn = (day: string): SQL | undefined => or(isNull(meetings.validTo), gte(meetings.validTo, day))
const fullName = (person: typeof students | typeof instructors) =>
  sql`${person.givenName} || ' ' || ${person.familyName}`

const studentName = (tx: Transaction) =>
  sql<string>`(${tx
    .select({ name: fullName(students) })
    .from(students)
    .where(and(eq(students.schoolId, enrollments.schoolId), eq(students.id, enrollments.studentId)))})`
const instructorName = (tx: Transaction) =>
  sql<string>`(${tx
    .select({ name: fullName(instructors) })
    .from(instructors)
    .where(
      and(eq(instructors.schoolId, classInstructors.schoolId), eq(instructors.id, classInstructors.instructorId)),
    )})`

/** What has begun ends today; what would begin later never happens. */
async function endTeaching(tx: Transaction, ctx: MutationContext, classId: string): Promise<Change[]> {
  const day = today(ctx)
  const { id: schoolId } = ctx.school
  const taught = and(eq(classInstructors.classId, classId), isTaughtOn(day))
  const held = and(eq(meetings.classId, classId), isHeldOn(day))
  return [
    ...(await changeStanding(tx, classInstructorKind, schoolId, taught, ({ beginDate }) =>
      beginDate !== null && beginDate > day ? { archivedAt: ctx.now } : { endDate: day },
    )),
    ...(await changeStanding(tx, meetingKind, schoolId, held, ({ validFrom }) =>
      validFrom > day ? { archivedAt: ctx.now } : { validTo: day },
    )),
  ]
}

/** To end it withdraws everybody who sits or waits there, and ends the assignments and the meetings. */
const foundation: Foundation<typeof classKind.table> = {
  standingOn: async (tx, ctx, { schoolId, id }) => {
    const day = today(ctx)
    const open = and(eq(enrollments.classId, id), isOpenOn(day))
    const taught = and(eq(classInstructors.classId, id), isTaughtOn(day))
    const held = and(eq(meetings.classId, id), isHeldOn(day))
    return [
      await standingOf(tx, 'enrollment', { table: enrollments, name: studentName(tx) }, schoolId, open),
      await standingOf(tx, 'classInstructor', { table: classInstructors, name: instructorName(tx) }, schoolId, taught),
      await standingOf(tx, 'meeting', { table: meetings, name: meetings.startTime }, schoolId, held),
    ]
  },
  end: async (tx, ctx, { id }) => [
    ...(await endOpen(tx, ctx, eq(enrollments.classId, id), 'scheduleChange')),
    ...(await endTeaching(tx, ctx, id)),
  ],
}

/** Takes the class off the lists; nobody gets a seat in it any more. */
export const archiveClass = (ctx: MutationContext, input: ArchiveInput) =>
  mutate(
    ctx,
    (tx) => archiveRecord(tx, ctx, classKind, input, foundation),
    (tx) => readClass(tx, ctx, input.id),
  )

export const restoreClass = (ctx: MutationContext, input: SeenInput) =>
  mutate(
    ctx,
    async (tx) => [...(await restoreRecord(tx, ctx, classKind, input)), ...(await promoteWaiting(tx, ctx, input.id))],
    (tx) => readClass(tx, ctx, input.id),
  )
