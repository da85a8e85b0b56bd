import { eq } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { inUse } from '../../db/rows.ts'
import { classInstructors } from '../../db/schema/index.ts'
import type { Context } from '../context.ts'
import { scopeOf } from '../scope.ts'

/** Instructors see only classes that they teach or taught; null is no limit. */
export async function ownClasses(db: Reader, { school, actor }: Context): Promise<Set<string> | null> {
  if (scopeOf(actor) === 'all') return null
  if (!actor.instructorId) return new Set()
  const rows = await db
    .select({ classId: classInstructors.classId })
    .from(classInstructors)
    .where(inUse(classInstructors, school.id, eq(classInstructors.instructorId, actor.instructorId)))
  return new Set(rows.map(({ classId }) => classId))
}
