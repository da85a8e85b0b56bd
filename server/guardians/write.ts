import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import type { guardians } from '../../db/schema/index.ts'
import { studentGuardians, students } from '../../db/schema/index.ts'
import type { Change } from '../journal/entry.ts'
import type { Foundation } from '../records/archive.ts'
import { verbsOf } from '../records/verbs.ts'
import { changeRecord } from '../records/write.ts'
import { inCallingOrder, studentGuardianKind } from '../student-guardians/kind.ts'
import { guardianKind } from './kind.ts'
import { readGuardian } from './read.ts'

const namesShown = 5

const linksOf = (tx: Transaction, schoolId: number, guardianId: string) =>
  tx
    .select({ link: studentGuardians, givenName: students.givenName, familyName: students.familyName })
    .from(studentGuardians)
    .innerJoin(students, and(eq(students.schoolId, schoolId), eq(students.id, studentGuardians.studentId)))
    .where(
      and(
        eq(studentGuardians.schoolId, schoolId),
        eq(studentGuardians.guardianId, guardianId),
        isNull(studentGuardians.archivedAt),
        isNull(students.archivedAt),
      ),
    )
    .orderBy(asc(students.sortName), asc(students.id))

/** The students who would lose a guardian; to end it unlinks them, and whoever is called next moves up. */
const foundation: Foundation<typeof guardians> = {
  standingOn: async (tx, _, { schoolId, id }) => {
    const linked = await linksOf(tx, schoolId, id)
    const names = linked.slice(0, namesShown).map(({ givenName, familyName }) => `${givenName} ${familyName}`)
    return [{ entity: 'student', count: linked.length, names }]
  },
  end: async (tx, ctx, { schoolId, id }) => {
    const changes: Change[] = []
    for (const { link } of await linksOf(tx, schoolId, id)) {
      changes.push(...(await changeRecord(tx, studentGuardianKind, link, { archivedAt: ctx.now })))
      changes.push(...(await inCallingOrder(tx, schoolId, link.studentId)))
    }
    return changes
  },
}

export const guardianVerbs = verbsOf(guardianKind, { read: readGuardian, foundation })
