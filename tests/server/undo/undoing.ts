/** What an undo leaves in the tables. */
import { and, asc, eq } from 'drizzle-orm'
import * as schema from '../../../db/schema/index.ts'
import { kinds } from '../../../server/kinds.ts'
import { db } from '../../setup/people.ts'
import { school } from '../../setup/school.ts'

/** Every row of the school that somebody could have changed, without its version; by table and id. */
export async function everything(): Promise<Map<string, Record<string, unknown>>> {
  const rows = new Map<string, Record<string, unknown>>()
  for (const [entity, kind] of Object.entries(kinds)) {
    const table = kind.table as typeof schema.rooms
    for (const { version: _, ...row } of await db
      .select()
      .from(table)
      .where(eq(table.schoolId, school.id))
      .orderBy(asc(table.id)))
      rows.set(`${entity} ${row.id}`, row)
  }
  return rows
}
type Everything = Awaited<ReturnType<typeof everything>>

/** What was there before, as it is now; and what was not and is not archived. */
export const sinceThen = (before: Everything, current: Everything) => ({
  known: new Map([...current].filter(([key]) => before.has(key))),
  left: [...current].filter(([key, { archivedAt }]) => !before.has(key) && archivedAt === null),
})

export const enrollmentRow = async (id: string) => {
  const [row] = await db
    .select()
    .from(schema.enrollments)
    .where(and(eq(schema.enrollments.schoolId, school.id), eq(schema.enrollments.id, id)))
  return row
}
