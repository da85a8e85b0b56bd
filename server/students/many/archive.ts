import type { SQL } from 'drizzle-orm'
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '../../../db/database.ts'
import { classes, enrollments, students } from '../../../db/schema/index.ts'
import type { MutationContext } from '../../context.ts'
import { today } from '../../context.ts'
import { endOpen, isOpenOn, promoteWaiting } from '../../enrollments/seats.ts'
import { DomainError } from '../../errors.ts'
import { inBatches } from '../../journal/bulk.ts'
import type { Change } from '../../journal/entry.ts'
import { mutate } from '../../journal/operation.ts'
import type { Standing } from '../../records/kind.ts'
import { changeMany, Refusals, takenAmong } from '../../records/many.ts'
import type { StudentRow } from '../kind.ts'
import { studentKind } from '../kind.ts'
import { answerFor, chosenStudents } from './chosen.ts'
import type { ArchiveManyStudentsInput, RestoreManyStudentsInput } from './input.ts'

const openOf = (ctx: MutationContext, rows: readonly StudentRow[]): SQL | undefined =>
  and(
    inArray(
      enrollments.studentId,
      rows.map(({ id }) => id),
    ),
    isOpenOn(today(ctx)),
  )

const classesNamed = 5

/** The classes that any of these students are in or wait for: how many enrollments, and the first classes by title. */
export async function standingOn(
  tx: Transaction,
  ctx: MutationContext,
  rows: readonly StudentRow[],
): Promise<Standing> {
  let count = 0
  const titles = new Set<string>()
  for (const batch of inBatches(rows)) {
    const found = await tx
      .select({ title: classes.title, count: sql<number>`count(*)`.mapWith(Number) })
      .from(enrollments)
      .innerJoin(classes, and(eq(classes.schoolId, enrollments.schoolId), eq(classes.id, enrollments.classId)))
      .where(and(eq(enrollments.schoolId, ctx.school.id), isNull(enrollments.archivedAt), openOf(ctx, batch)))
      .groupBy(classes.title)
    for (const one of found) {
      count += one.count
      titles.add(one.title)
    }
  }
  return { entity: 'enrollment', count, names: [...titles].toSorted().slice(0, classesNamed) }
}

/** They leave their classes today, and the seats go to those who wait. */
export async function endFor(tx: Transaction, ctx: MutationContext, rows: readonly StudentRow[]): Promise<Change[]> {
  const ended: Change[] = []
  for (const batch of inBatches(rows)) ended.push(...(await endOpen(tx, ctx, openOf(ctx, batch), 'other')))
  const freed = new Set(ended.map(({ after }) => String(after.classId)))
  const promoted: Change[] = []
  for (const classId of freed) promoted.push(...(await promoteWaiting(tx, ctx, classId)))
  return [...ended, ...promoted]
}

/**
 * Takes all of them off the lists, or none. While any is in a class this is refused as `record.in_use`, with how many
 * enrollments that are; then people say whether to `keep` or to `end` them.
 */
export function archiveManyStudents(ctx: MutationContext, input: ArchiveManyStudentsInput) {
  return mutate(
    ctx,
    async (tx) => {
      const rows = (await chosenStudents(tx, ctx, input)).filter(({ archivedAt }) => !archivedAt)
      if (input.standing === 'ask') {
        const standing = await standingOn(tx, ctx, rows)
        if (standing.count) throw new DomainError('record.in_use', { standing: [standing], choices: ['end', 'keep'] })
      }
      const archived = await changeMany(tx, studentKind, rows, { archivedAt: ctx.now })
      return [...archived, ...(input.standing === 'end' ? await endFor(tx, ctx, rows) : [])]
    },
    async (_, changed) => answerFor(ctx, input, changed),
  )
}

/** Brings all of them back, or none: `many.refused` names those whose number went to somebody else meanwhile. */
export function restoreManyStudents(ctx: MutationContext, input: RestoreManyStudentsInput) {
  return mutate(
    ctx,
    async (tx) => {
      const rows = await chosenStudents(tx, ctx, input)
      const numbers = rows.flatMap(({ number, archivedAt }) => (archivedAt && number) || [])
      const taken = await takenAmong(tx, students, students.number, ctx.school.id, numbers)
      const refusals = new Refusals(rows.length)
      for (const [index, { number, archivedAt }] of rows.entries()) {
        if (!archivedAt || !number) continue
        if (taken.has(number)) refusals.add(index, { reason: 'student.number_taken' })
        taken.add(number)
      }
      refusals.throwIfAny((index) => rows[index]?.id)
      return changeMany(tx, studentKind, rows, { archivedAt: null, mergedIntoId: null })
    },
    async (_, changed) => answerFor(ctx, input, changed),
  )
}
