import { asc, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import type { Reader } from '../../../db/database.ts'
import { alias } from '../../../db/kit.ts'
import { prepared } from '../../../db/prepared.ts'
import { inUse } from '../../../db/rows.ts'
import { students } from '../../../db/schema/index.ts'
import type { Context } from '../../context.ts'

const p = sql.placeholder
const other = alias(students, 'other')
const same = alias(students, 'same')
const pairsShown = 200

const shown = (table: typeof students | typeof other) => ({
  id: table.id,
  givenName: table.givenName,
  middleName: table.middleName,
  familyName: table.familyName,
  number: table.number,
  birthDate: table.birthDate,
  gradeLevel: table.gradeLevel,
  status: table.status,
  email: table.email,
})

/** The index of name and birth date holds all that this reads, and few names remain to be paired. */
const sharedNames = (db: Reader) =>
  db
    .select({ sortName: same.sortName })
    .from(same)
    .where(inUse(same, p('schoolId')))
    .groupBy(same.sortName)
    .having(sql`count(*) > 1 and count(*) > count(distinct ${same.birthDate})`)

const pairs = prepared((db, _shape: 'all') =>
  db
    .select({ one: shown(students), other: shown(other), count: sql<number>`count(*) over ()`.mapWith(Number) })
    .from(students)
    .innerJoin(
      other,
      inUse(
        other,
        students.schoolId,
        eq(other.sortName, students.sortName),
        lt(students.id, other.id),
        or(eq(other.birthDate, students.birthDate), isNull(other.birthDate), isNull(students.birthDate)),
      ),
    )
    .where(inUse(students, p('schoolId'), inArray(students.sortName, sharedNames(db))))
    .orderBy(asc(students.sortName), asc(students.id), asc(other.id))
    .limit(p('limit')),
)

/** A pair has the same name and no two different birth dates. */
export async function listDuplicates({ db, school }: Context, limit = pairsShown) {
  const rows = await pairs(db, 'all', { schoolId: school.id, limit })
  return { count: rows[0]?.count ?? 0, pairs: rows.map(({ count: _, ...pair }) => pair) }
}
