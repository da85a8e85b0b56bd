import { and, inArray, notInArray } from 'drizzle-orm'
import { academicSessions } from '../../db/schema/index.ts'
import type { WhenArchived } from '../records/declaration.ts'
import { inUseOf } from '../records/in-use.ts'

/** The shorter terms in a session stay unless they are archived together with it. */
export const whenParentArchived: WhenArchived<typeof academicSessions> = {
  inUse: (tx, { school }, ids) =>
    inUseOf(
      tx,
      'academicSession',
      { table: academicSessions, name: academicSessions.title },
      school.id,
      and(inArray(academicSessions.parentId, [...ids]), notInArray(academicSessions.id, [...ids])),
    ),
}
