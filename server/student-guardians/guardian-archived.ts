import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { inUse } from '../../db/rows.ts'
import { studentGuardians, students } from '../../db/schema/index.ts'
import { inBatches } from '../journal/bulk.ts'
import { called } from '../people.ts'
import type { WhenArchived } from '../records/declaration.ts'
import { namesShown } from '../records/in-use.ts'
import { changeRows } from '../records/write.ts'
import type { StudentGuardianRow } from './core.ts'
import { closeGaps, studentGuardianCore } from './core.ts'

const linksOf = (tx: Transaction, schoolId: number, guardianIds: readonly string[]) =>
  tx
    .select({ link: studentGuardians, givenName: students.givenName, familyName: students.familyName })
    .from(studentGuardians)
    .innerJoin(students, and(eq(students.schoolId, schoolId), eq(students.id, studentGuardians.studentId)))
    .where(
      inUse(
        studentGuardians,
        schoolId,
        inArray(studentGuardians.guardianId, [...guardianIds]),
        isNull(students.archivedAt),
      ),
    )
    .orderBy(asc(students.sortName), asc(students.id))

/** Ending unlinks the students, and the next guardians move up. */
export const whenGuardianArchived: WhenArchived<typeof studentGuardians, 'student'> = {
  inUse: async (tx, { school }, guardianIds) => {
    const linked = await linksOf(tx, school.id, guardianIds)
    const names = new Map(linked.map(({ link, ...names }) => [link.studentId, called(names)]))
    return { entity: 'student', count: names.size, names: [...names.values()].slice(0, namesShown) }
  },
  end: async (tx, { school, now }, guardianIds) => {
    const links: StudentGuardianRow[] = []
    for (const batch of inBatches(guardianIds))
      links.push(...(await linksOf(tx, school.id, batch)).map(({ link }) => link as StudentGuardianRow))
    return [
      ...(await changeRows(tx, studentGuardianCore, links, { archivedAt: now })),
      ...(await closeGaps(tx, school.id, new Set(links.map(({ studentId }) => studentId)))),
    ]
  },
}
