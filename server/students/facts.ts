import { and, eq, inArray } from 'drizzle-orm'
import { students } from '../../db/schema/index.ts'
import { allows } from '../access.ts'
import type { Context } from '../context.ts'
import { inBatches } from '../journal/bulk.ts'

/** What lists show of students only where somebody asks for it, by the id of one. Sex and previous school need `student.readPrivate`. */
export async function factsOf({ db, school, actor }: Context, ids: readonly string[]) {
  const isPrivate = allows(actor, 'student.readPrivate')
  const { id, sex, homeLanguage, previousSchool } = students
  const rows = []
  for (const batch of inBatches(ids))
    rows.push(
      ...(await db
        .select({ id, homeLanguage, ...(isPrivate && { sex, previousSchool }) })
        .from(students)
        .where(and(eq(students.schoolId, school.id), inArray(students.id, batch)))),
    )
  const found = new Map(rows.map(({ id: one, ...facts }) => [one, facts]))
  return (one: string) => found.get(one)
}
