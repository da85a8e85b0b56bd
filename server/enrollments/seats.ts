import type { SQL } from 'drizzle-orm'
import { and, eq, gte, isNull, or, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { enrollments } from '../../db/schema/index.ts'

/**
 * The taken seats of a class on the day `today` ('YYYY-MM-DD', the school's): students with an enrolled row whose end is
 * open or not past, each counted once.
 */
export const takenSeats = (db: Reader, schoolId: unknown, classId: unknown): SQL<number> => {
  const counted = db
    .select({ seats: sql`count(distinct ${enrollments.studentId})` })
    .from(enrollments)
    .where(
      and(
        eq(enrollments.schoolId, schoolId as never),
        eq(enrollments.classId, classId as never),
        eq(enrollments.status, 'enrolled'),
        isNull(enrollments.archivedAt),
        or(isNull(enrollments.endDate), gte(enrollments.endDate, sql.placeholder('today'))),
      ),
    )
  return sql<number>`(${counted})`.mapWith(Number)
}
