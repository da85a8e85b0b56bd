import type { SQL } from 'drizzle-orm'
import { asc, eq } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { alias } from '../../db/kit.ts'
import { refersTo } from '../../db/rows.ts'
import { academicSessions, classTerms } from '../../db/schema/index.ts'
import type { Context } from '../context.ts'
import { countOf } from '../records/in-use.ts'
import type { ListRecordsInput } from '../records/input.ts'
import { inOrder, listed, required, theOne } from '../records/read.ts'
import { scopeOf } from '../scope.ts'

const parents = alias(academicSessions, 'parents')

/** An instructor sees the terms without the counts of what the school offers. */
const sessionsWhere = (db: Reader, { actor }: Context, condition: SQL | undefined) =>
  db
    .select({
      id: academicSessions.id,
      title: academicSessions.title,
      type: academicSessions.type,
      startDate: academicSessions.startDate,
      endDate: academicSessions.endDate,
      schoolYear: academicSessions.schoolYear,
      parentId: academicSessions.parentId,
      parentTitle: parents.title,
      ...(scopeOf(actor) === 'all' && {
        classes: countOf(
          db,
          classTerms,
          academicSessions.schoolId,
          eq(classTerms.academicSessionId, academicSessions.id),
        ),
      }),
      version: academicSessions.version,
      archivedAt: academicSessions.archivedAt,
    })
    .from(academicSessions)
    .leftJoin(parents, refersTo(academicSessions.parentId, parents))
    .where(condition)
    .orderBy(asc(academicSessions.id))

/** The longer one of two that begin on one day comes first: a year before its terms. */
const byDays = (one: { startDate: string; endDate: string }, other: typeof one) =>
  one.startDate.localeCompare(other.startDate) || other.endDate.localeCompare(one.endDate)

export async function listAcademicSessions(ctx: Context, input: ListRecordsInput) {
  const rows = await sessionsWhere(ctx.db, ctx, listed(academicSessions, ctx, input))
  const inOrderOfDays = inOrder(rows, ({ title }) => title).toSorted(byDays)
  return inOrderOfDays.map(({ archivedAt: _, ...row }) => row)
}

export const readAcademicSession = async (db: Reader, ctx: Context, id: string) =>
  required(await sessionsWhere(db, ctx, theOne(academicSessions, ctx, id)), 'academicSession.not_found')
