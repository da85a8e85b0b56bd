import type { SQL } from 'drizzle-orm'
import { and, inArray, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { inUse, refersTo } from '../../db/rows.ts'
import { classes, enrollments, students } from '../../db/schema/index.ts'
import { today } from '../calendar.ts'
import type { MutationContext } from '../context.ts'
import { inBatches } from '../journal/bulk.ts'
import type { Change } from '../journal/entry.ts'
import type { WhenArchived } from '../records/declaration.ts'
import { inUseOf, namesShown } from '../records/in-use.ts'
import { nameIn } from '../records/naming.ts'
import type { Leaving } from './core.ts'
import { endOpen, isOpenOn, promoteWaitingIn } from './seats.ts'

type Of = (ids: readonly string[]) => SQL | undefined
const ofStudents: Of = (studentIds) => inArray(enrollments.studentId, [...studentIds])
const ofClasses: Of = (classIds) => inArray(enrollments.classId, [...classIds])

async function endAll(
  tx: Transaction,
  ctx: MutationContext,
  ids: readonly string[],
  of: Of,
  reason: Leaving['withdrawalReason'],
): Promise<Change[]> {
  const ended: Change[] = []
  for (const batch of inBatches(ids)) ended.push(...(await endOpen(tx, ctx, of(batch), reason)))
  return ended
}

/** A kept student holds her seats, and waits without getting one, until somebody withdraws her. Ending frees the seats. */
export const whenStudentArchived: WhenArchived<typeof enrollments> = {
  inUse: async (tx, ctx, studentIds) => {
    const found = await tx
      .select({ title: classes.title, count: sql<number>`count(*)`.mapWith(Number) })
      .from(enrollments)
      .innerJoin(classes, refersTo(enrollments.classId, classes))
      .where(inUse(enrollments, ctx.school.id, ofStudents(studentIds), isOpenOn(today(ctx))))
      .groupBy(classes.title)
    const names = found.map(({ title }) => title).toSorted()
    const count = found.reduce((sum, one) => sum + one.count, 0)
    return { entity: 'enrollment', count, names: names.slice(0, namesShown) }
  },
  end: async (tx, ctx, studentIds) => {
    const ended = await endAll(tx, ctx, studentIds, ofStudents, 'other')
    const freed = new Set(ended.map(({ after }) => String(after.classId)))
    return [...ended, ...(await promoteWaitingIn(tx, ctx, freed))]
  },
}

const studentName = (tx: Transaction) =>
  sql<string>`(${tx
    .select({ name: nameIn(students) })
    .from(students)
    .where(refersTo(enrollments.studentId, students))})`

export const whenClassArchived: WhenArchived<typeof enrollments> = {
  inUse: (tx, ctx, classIds) =>
    inUseOf(
      tx,
      'enrollment',
      { table: enrollments, name: studentName(tx) },
      ctx.school.id,
      and(ofClasses(classIds), isOpenOn(today(ctx))),
    ),
  end: (tx, ctx, classIds) => endAll(tx, ctx, classIds, ofClasses, 'scheduleChange'),
}
