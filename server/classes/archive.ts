import type { SQL } from 'drizzle-orm'
import { and, eq, gte, inArray, isNull, or, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { classInstructors, enrollments, instructors, meetings, students } from '../../db/schema/index.ts'
import { classInstructorKind } from '../class-instructors/kind.ts'
import type { MutationContext } from '../context.ts'
import { today } from '../context.ts'
import { endOpen, isOpenOn, promoteWaiting } from '../enrollments/seats.ts'
import { isOpenOn as isTaughtOn } from '../instructors/read.ts'
import { inBatches } from '../journal/bulk.ts'
import type { Change } from '../journal/entry.ts'
import { mutate } from '../journal/operation.ts'
import { meetingKind } from '../meetings/kind.ts'
import type { Foundation } from '../records/archive.ts'
import { archiveRecord, restoreRecord } from '../records/archive.ts'
import type { ArchiveInput, SeenInput } from '../records/input.ts'
import { idsOf } from '../records/kind.ts'
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

/** What stands on the classes on `day`. */
const openIn = (classIds: readonly string[], day: string) => ({
  enrolled: and(inArray(enrollments.classId, [...classIds]), isOpenOn(day)),
  taught: and(inArray(classInstructors.classId, [...classIds]), isTaughtOn(day)),
  held: and(inArray(meetings.classId, [...classIds]), isHeldOn(day)),
})

/** What has begun ends today; what would begin later never happens. */
async function endIn(tx: Transaction, ctx: MutationContext, classIds: readonly string[]): Promise<Change[]> {
  const day = today(ctx)
  const { id: schoolId } = ctx.school
  const { enrolled, taught, held } = openIn(classIds, day)
  return [
    ...(await endOpen(tx, ctx, enrolled, 'scheduleChange')),
    ...(await changeStanding(tx, classInstructorKind, schoolId, taught, ({ beginDate }) =>
      beginDate !== null && beginDate > day ? { archivedAt: ctx.now } : { endDate: day },
    )),
    ...(await changeStanding(tx, meetingKind, schoolId, held, ({ validFrom }) =>
      validFrom > day ? { archivedAt: ctx.now } : { validTo: day },
    )),
  ]
}

/** To end it withdraws everybody who sits or waits there, and ends the assignments and the meetings. */
export const foundation: Foundation<typeof classKind.table> = {
  standingOn: async (tx, ctx, classes) => {
    const schoolId = ctx.school.id
    const { enrolled, taught, held } = openIn(idsOf(classes), today(ctx))
    return [
      await standingOf(tx, 'enrollment', { table: enrollments, name: studentName(tx) }, schoolId, enrolled),
      await standingOf(tx, 'classInstructor', { table: classInstructors, name: instructorName(tx) }, schoolId, taught),
      await standingOf(tx, 'meeting', { table: meetings, name: meetings.startTime }, schoolId, held),
    ]
  },
  end: async (tx, ctx, classes) => {
    const ended: Change[] = []
    for (const batch of inBatches(idsOf(classes))) ended.push(...(await endIn(tx, ctx, batch)))
    return ended
  },
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
