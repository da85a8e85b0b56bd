import { inArray } from 'drizzle-orm'
import { inUse } from '../../db/rows.ts'
import { classes, classTerms } from '../../db/schema/index.ts'
import type { WhenArchived } from '../records/declaration.ts'
import { inUseOf } from '../records/in-use.ts'

/** Classes of an archived term stay. */
export const whenTermArchived: WhenArchived<typeof classTerms, 'class'> = {
  inUse: (tx, { school }, ids, { column }) => {
    const running = tx
      .select({ id: classTerms.classId })
      .from(classTerms)
      .where(inUse(classTerms, school.id, inArray(column, [...ids])))
    return inUseOf(tx, 'class', { table: classes, name: classes.title }, school.id, inArray(classes.id, running))
  },
}
