import { and, asc, eq, inArray } from 'drizzle-orm'
import { inUse, refersTo } from '../../db/rows.ts'
import { academicSessions, classes, classTerms, courses, rooms } from '../../db/schema/index.ts'
import type { Context } from '../context.ts'
import { grouped } from '../grouped.ts'
import { inBatches } from '../journal/bulk.ts'
import { idsWith, told } from '../records/alike.ts'
import type { AlikeClassesInput } from './input.ts'

const rowsOf = ({ db, school }: Context, ids: readonly string[]) =>
  db
    .select({
      id: classes.id,
      title: classes.title,
      code: classes.code,
      courseId: classes.courseId,
      courseTitle: courses.title,
      roomId: classes.roomId,
      roomName: rooms.name,
      capacity: classes.capacity,
      version: classes.version,
      archivedAt: classes.archivedAt,
    })
    .from(classes)
    .leftJoin(courses, refersTo(classes.courseId, courses))
    .leftJoin(rooms, refersTo(classes.roomId, rooms))
    .where(and(eq(classes.schoolId, school.id), inArray(classes.id, [...ids])))

const termsOf = ({ db, school }: Context, ids: readonly string[]) =>
  db
    .select({ classId: classTerms.classId, id: academicSessions.id, title: academicSessions.title })
    .from(classTerms)
    .innerJoin(academicSessions, refersTo(classTerms.academicSessionId, academicSessions))
    .where(inUse(classTerms, school.id, inArray(classTerms.classId, [...ids])))
    .orderBy(asc(academicSessions.startDate), asc(academicSessions.id))

export async function findAlikeClasses(ctx: Context, { titles }: AlikeClassesInput) {
  const found = []
  for (const batch of inBatches(await idsWith(ctx, classes, classes.title, titles))) {
    const terms = grouped(await termsOf(ctx, batch), ({ classId }) => classId)
    const termsIn = (id: string) => (terms.get(id) ?? []).map(({ classId: _, ...term }) => term)
    found.push(...(await rowsOf(ctx, batch)).map((row) => ({ ...told(row), terms: termsIn(row.id) })))
  }
  return found
}
