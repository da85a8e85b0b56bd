import { asc, inArray } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { inUse, refersTo } from '../../db/rows.ts'
import { classInstructors, instructors } from '../../db/schema/index.ts'
import { inBatches } from '../journal/bulk.ts'

interface Name {
  givenName: string
  familyName: string
}
export const called = ({ givenName, familyName }: Name) => `${givenName} ${familyName}`.trim()

const teachersIn = (db: Reader, schoolId: number, classIds: string[]) =>
  db
    .select({
      id: instructors.id,
      classId: classInstructors.classId,
      givenName: instructors.givenName,
      familyName: instructors.familyName,
      beginDate: classInstructors.beginDate,
      endDate: classInstructors.endDate,
    })
    .from(classInstructors)
    .innerJoin(instructors, refersTo(classInstructors.instructorId, instructors))
    .where(inUse(classInstructors, schoolId, inArray(classInstructors.classId, classIds)))
    .orderBy(asc(instructors.sortName), asc(instructors.id))

export async function teachersOf(db: Reader, schoolId: number, classIds: Iterable<string>) {
  const found: Awaited<ReturnType<typeof teachersIn>> = []
  for (const ids of inBatches(new Set(classIds))) found.push(...(await teachersIn(db, schoolId, ids)))
  return found
}
