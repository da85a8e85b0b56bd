import { and, eq, isNull } from 'drizzle-orm'
import { programs } from '../../db/schema/index.ts'
import type { Context } from '../context.ts'

/** The school's programs, in the order of its language. */
export async function listPrograms({ db, school }: Context) {
  const rows = await db
    .select({ id: programs.id, name: programs.name, type: programs.type })
    .from(programs)
    .where(and(eq(programs.schoolId, school.id), isNull(programs.archivedAt)))
  const { compare } = new Intl.Collator(school.locale)
  return rows.toSorted((a, b) => compare(a.name, b.name))
}
