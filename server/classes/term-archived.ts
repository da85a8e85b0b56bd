import { and, eq, inArray, isNull } from 'drizzle-orm'
import { classes, classTerms } from '../../db/schema/index.ts'
import type { WhenArchived } from '../records/declaration.ts'
import { inUseOf } from '../records/in-use.ts'

/** Classes of an archived term stay. */
export const whenTermArchived: WhenArchived<typeof classTerms> = {
  inUse: (tx, { school }, ids, { column }) => {
    const running = tx
      .select({ id: classTerms.classId })
      .from(classTerms)
      .where(and(eq(classTerms.schoolId, school.id), inArray(column, [...ids]), isNull(classTerms.archivedAt)))
    return inUseOf(tx, 'class', { table: classes, name: classes.title }, school.id, inArray(classes.id, running))
  },
}
