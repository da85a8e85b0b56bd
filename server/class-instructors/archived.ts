import type { SQL } from 'drizzle-orm'
import { and, eq, exists, inArray, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { inUse, refersTo } from '../../db/rows.ts'
import { classes, classInstructors, instructors } from '../../db/schema/index.ts'
import { today } from '../calendar.ts'
import type { WhenArchived } from '../records/declaration.ts'
import { changeInUse, inUseOf } from '../records/in-use.ts'
import { nameIn } from '../records/naming.ts'
import { isOpenOn } from './core.ts'

/** An assignment ends today; one that has not begun is archived. */
const endOpen: NonNullable<WhenArchived<typeof classInstructors>['end']> = (tx, ctx, ids, { kind, column }) => {
  const day = today(ctx)
  return changeInUse(tx, kind, ctx.school.id, and(inArray(column, [...ids]), isOpenOn(day)), ({ beginDate }) =>
    beginDate !== null && beginDate > day ? { archivedAt: ctx.now } : { endDate: day },
  )
}

const isTaught = (tx: Transaction, schoolId: number, condition: SQL | undefined) =>
  exists(
    tx
      .select({ one: sql`1` })
      .from(classInstructors)
      .where(inUse(classInstructors, schoolId, eq(classInstructors.classId, classes.id), condition)),
  )

export const whenInstructorArchived: WhenArchived<typeof classInstructors, 'class'> = {
  inUse: (tx, ctx, ids, { column }) =>
    inUseOf(
      tx,
      'class',
      { table: classes, name: classes.title },
      ctx.school.id,
      isTaught(tx, ctx.school.id, and(inArray(column, [...ids]), isOpenOn(today(ctx)))),
    ),
  end: endOpen,
}

const instructorName = (tx: Transaction) =>
  sql<string>`(${tx
    .select({ name: nameIn(instructors) })
    .from(instructors)
    .where(refersTo(classInstructors.instructorId, instructors))})`

export const whenClassArchived: WhenArchived<typeof classInstructors> = {
  inUse: (tx, ctx, ids, { column }) =>
    inUseOf(
      tx,
      'classInstructor',
      { table: classInstructors, name: instructorName(tx) },
      ctx.school.id,
      and(inArray(column, [...ids]), isOpenOn(today(ctx))),
    ),
  end: endOpen,
}
