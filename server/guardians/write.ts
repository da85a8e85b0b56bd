import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import type { guardians } from '../../db/schema/index.ts'
import { studentGuardians, students } from '../../db/schema/index.ts'
import { inBatches } from '../journal/bulk.ts'
import type { Foundation } from '../records/archive.ts'
import { idsOf } from '../records/kind.ts'
import { changeMany } from '../records/many.ts'
import { manyVerbsOf } from '../records/many-verbs.ts'
import { verbsOf } from '../records/verbs.ts'
import type { StudentGuardianRow } from '../student-guardians/kind.ts'
import { closeGaps, studentGuardianKind } from '../student-guardians/kind.ts'
import { createGuardianInput } from './input.ts'
import { guardianKind } from './kind.ts'
import { guardiansOfList } from './list.ts'
import { readGuardian } from './read.ts'

const namesShown = 5

const linksOf = (tx: Transaction, schoolId: number, guardianIds: readonly string[]) =>
  tx
    .select({ link: studentGuardians, givenName: students.givenName, familyName: students.familyName })
    .from(studentGuardians)
    .innerJoin(students, and(eq(students.schoolId, schoolId), eq(students.id, studentGuardians.studentId)))
    .where(
      and(
        eq(studentGuardians.schoolId, schoolId),
        inArray(studentGuardians.guardianId, [...guardianIds]),
        isNull(studentGuardians.archivedAt),
        isNull(students.archivedAt),
      ),
    )
    .orderBy(asc(students.sortName), asc(students.id))

/** The students who would lose a guardian; to end it unlinks them, and whoever is called next moves up. */
const foundation: Foundation<typeof guardians> = {
  standingOn: async (tx, { school }, guardians) => {
    const linked = await linksOf(tx, school.id, idsOf(guardians))
    const namesOf = new Map(
      linked.map(({ link, givenName, familyName }) => [link.studentId, `${givenName} ${familyName}`]),
    )
    return [{ entity: 'student', count: namesOf.size, names: [...namesOf.values()].slice(0, namesShown) }]
  },
  end: async (tx, { school, now }, guardians) => {
    const links: StudentGuardianRow[] = []
    for (const batch of inBatches(idsOf(guardians)))
      links.push(...(await linksOf(tx, school.id, batch)).map(({ link }) => link as StudentGuardianRow))
    return [
      ...(await changeMany(tx, studentGuardianKind, links, { archivedAt: now })),
      ...(await closeGaps(tx, school.id, new Set(links.map(({ studentId }) => studentId)))),
    ]
  },
}

export const guardianVerbs = verbsOf(guardianKind, { read: readGuardian, foundation })
export const manyGuardians = manyVerbsOf(guardianKind, {
  item: createGuardianInput,
  ofList: guardiansOfList,
  foundation,
})
