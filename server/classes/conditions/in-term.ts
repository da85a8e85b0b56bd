import type { SQL } from 'drizzle-orm'
import { and, eq, exists, gte, lte, or, sql } from 'drizzle-orm'
import type { Reader } from '../../../db/database.ts'
import { alias } from '../../../db/kit.ts'
import { inUse, refersTo } from '../../../db/rows.ts'
import { academicSessions, classes, classTerms } from '../../../db/schema/index.ts'
import { asked } from '../../records/paged-list.ts'

const wanted = alias(academicSessions, 'wanted')

/** Offered in the wanted term, in a longer one around it, or in a shorter one within it: by days, for imports nest nothing. */
export const inTerm = (db: Reader): SQL =>
  exists(
    db
      .select({ one: sql`1` })
      .from(classTerms)
      .innerJoin(academicSessions, refersTo(classTerms.academicSessionId, academicSessions))
      .innerJoin(wanted, and(eq(wanted.schoolId, classTerms.schoolId), eq(wanted.id, asked('academicSessionId'))))
      .where(
        inUse(
          classTerms,
          classes.schoolId,
          eq(classTerms.classId, classes.id),
          or(
            and(lte(academicSessions.startDate, wanted.startDate), gte(academicSessions.endDate, wanted.endDate)),
            and(gte(academicSessions.startDate, wanted.startDate), lte(academicSessions.endDate, wanted.endDate)),
          ),
        ),
      ),
  )
