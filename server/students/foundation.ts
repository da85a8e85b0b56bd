import type { SQL } from 'drizzle-orm'
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { students } from '../../db/schema/index.ts'
import { classes, enrollments } from '../../db/schema/index.ts'
import type { MutationContext } from '../context.ts'
import { today } from '../context.ts'
import { endOpen, isOpenOn, promoteWaitingIn } from '../enrollments/seats.ts'
import { inBatches } from '../journal/bulk.ts'
import type { Change } from '../journal/entry.ts'
import type { Foundation } from '../records/archive.ts'
import { idsOf } from '../records/kind.ts'
import { namesShown } from '../records/standing.ts'

const openOf = (ctx: MutationContext, studentIds: string[]): SQL | undefined =>
  and(inArray(enrollments.studentId, studentIds), isOpenOn(today(ctx)))

/**
 * What stands on a student is her place in classes: so many enrollments, and the classes' titles. Kept, she goes on holding
 * her seats, and waits without being given one, until somebody withdraws her: rosters mark her as archived. To end it lets
 * her leave her classes today, and the seats go to those who wait.
 */
export const foundation: Foundation<typeof students> = {
  standingOn: async (tx, ctx, rows) => {
    const found = await tx
      .select({ title: classes.title, count: sql<number>`count(*)`.mapWith(Number) })
      .from(enrollments)
      .innerJoin(classes, and(eq(classes.schoolId, enrollments.schoolId), eq(classes.id, enrollments.classId)))
      .where(and(eq(enrollments.schoolId, ctx.school.id), isNull(enrollments.archivedAt), openOf(ctx, idsOf(rows))))
      .groupBy(classes.title)
    const names = found.map(({ title }) => title).toSorted()
    const count = found.reduce((sum, one) => sum + one.count, 0)
    return [{ entity: 'enrollment', count, names: names.slice(0, namesShown) }]
  },
  end: async (tx, ctx, rows) => {
    const ended: Change[] = []
    for (const batch of inBatches(idsOf(rows))) ended.push(...(await endOpen(tx, ctx, openOf(ctx, batch), 'other')))
    const freed = new Set(ended.map(({ after }) => String(after.classId)))
    return [...ended, ...(await promoteWaitingIn(tx, ctx, freed))]
  },
}
