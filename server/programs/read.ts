import { and, asc, eq, isNull } from 'drizzle-orm'
import { programs } from '../../db/schema/index.ts'
import type { Context } from '../context.ts'

/** The school's programs, by name. */
export const listPrograms = ({ db, school }: Context) =>
  db
    .select({ id: programs.id, name: programs.name, type: programs.type })
    .from(programs)
    .where(and(eq(programs.schoolId, school.id), isNull(programs.archivedAt)))
    .orderBy(asc(programs.name))
