/** These conditions on `classes` need the value `schoolId`. */
import type { SQL } from 'drizzle-orm'
import { and, eq, inArray, not, notInArray, sql } from 'drizzle-orm'
import type { Reader } from '../db/database.ts'
import { inUse } from '../db/rows.ts'
import { academicSessions, classes, classTerms } from '../db/schema/index.ts'

const p = sql.placeholder

/** A set of ids: a subquery per class takes three times as long. */
const withTerm = (db: Reader, condition: SQL) => {
  const terms = db
    .select({ id: academicSessions.id })
    .from(academicSessions)
    .where(and(eq(academicSessions.schoolId, p('schoolId')), condition))
  return db
    .select({ classId: classTerms.classId })
    .from(classTerms)
    .where(inUse(classTerms, p('schoolId'), inArray(classTerms.academicSessionId, terms)))
}
/** A class without terms runs always. Most classes have no other term, so those are asked for first. */
export const runsInTerm = (db: Reader, wanted: SQL): SQL =>
  sql`(${notInArray(classes.id, withTerm(db, not(wanted)))} or ${inArray(classes.id, withTerm(db, wanted))})`

/** Also needs the value `day`. */
export const runsOnDay = (db: Reader): SQL =>
  runsInTerm(db, sql`(${academicSessions.startDate} <= ${p('day')} and ${academicSessions.endDate} >= ${p('day')})`)
