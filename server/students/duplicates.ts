import { and, asc, eq, isNull, lt, or } from 'drizzle-orm'
import { alias } from '../../db/kit.ts'
import { students } from '../../db/schema/index.ts'
import type { Context } from '../context.ts'

const other = alias(students, 'other')
const pairsMax = 200

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

/** Pairs that may be two records of one person: the same name, and no two different birth dates. */
export async function listDuplicates({ db, school }: Context) {
  return db
    .select({ one: shown(students), other: shown(other) })
    .from(students)
    .innerJoin(
      other,
      and(
        eq(other.schoolId, students.schoolId),
        eq(other.sortName, students.sortName),
        lt(students.id, other.id),
        isNull(other.archivedAt),
        or(eq(other.birthDate, students.birthDate), isNull(other.birthDate), isNull(students.birthDate)),
      ),
    )
    .where(and(eq(students.schoolId, school.id), isNull(students.archivedAt)))
    .orderBy(asc(students.sortName), asc(students.id), asc(other.id))
    .limit(pairsMax)
}
