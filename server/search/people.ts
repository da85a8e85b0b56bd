import { asc, inArray, isNull, or, sql } from 'drizzle-orm'
import { prepared } from '../../db/prepared.ts'
import { inUse, refersTo } from '../../db/rows.ts'
import { departments, guardians, instructors, studentGuardians, students } from '../../db/schema/index.ts'
import { allows } from '../access.ts'
import { atSchoolOn, statusOn } from '../at-school.ts'
import type { Context } from '../context.ts'
import { holds } from '../records/paged-list.ts'
import type { Scope } from '../scope.ts'
import { scopeOf, teachesStudent } from '../scope.ts'
import { begins, rank, valuesOf } from './rank.ts'

const p = sql.placeholder
const studentsShown = 8

interface StudentShape {
  words: number
  /** The table's own order answers this at once. */
  byFamilyName: boolean
  scope: Scope
  isPrivate: boolean
}
const studentsFound = prepared((db, text: string) => {
  const { words, byFamilyName, scope, isPrivate } = JSON.parse(text) as StudentShape
  return db
    .select({
      id: students.id,
      givenName: students.givenName,
      familyName: students.familyName,
      preferredName: students.preferredName,
      number: students.number,
      ...atSchoolOn(p('today')),
      ...(isPrivate && { birthDate: students.birthDate }),
    })
    .from(students)
    .where(
      inUse(
        students,
        p('schoolId'),
        byFamilyName ? begins(students.sortName, 0) : holds(students.searchText, words),
        scope === 'own' ? teachesStudent(db, students.schoolId, students.id) : undefined,
      ),
    )
    .orderBy(
      ...(byFamilyName ? [] : [rank(students.searchText, words), asc(statusOn(p('today')))]),
      asc(students.sortName),
      asc(students.id),
    )
    .limit(studentsShown)
})

/** One or two letters fit too many students to rank at each key, so family names that begin with them come first. */
export async function findStudents(ctx: Context, words: string[]) {
  const isPrivate = allows(ctx.actor, 'student.readPrivate')
  const shape: StudentShape = { words: words.length, byFamilyName: false, scope: scopeOf(ctx.actor), isPrivate }
  const values = valuesOf(ctx, words)
  if (words.length === 1 && (words[0] ?? '').length <= 2) {
    const begun = await studentsFound(ctx.db, JSON.stringify({ ...shape, byFamilyName: true }), values)
    if (begun.length === studentsShown) return begun
  }
  return studentsFound(ctx.db, JSON.stringify(shape), values)
}

const instructorsFound = prepared((db, words: `${number}`) =>
  db
    .select({
      id: instructors.id,
      givenName: instructors.givenName,
      familyName: instructors.familyName,
      departmentName: departments.name,
    })
    .from(instructors)
    .leftJoin(departments, refersTo(instructors.departmentId, departments))
    .where(inUse(instructors, p('schoolId'), holds(instructors.searchText, Number(words))))
    .orderBy(
      rank(instructors.searchText, Number(words)),
      asc(instructors.status),
      asc(instructors.sortName),
      asc(instructors.id),
    )
    .limit(5),
)

export const findInstructors = (ctx: Context, words: string[]) =>
  instructorsFound(ctx.db, `${words.length}`, valuesOf(ctx, words))

interface GuardianShape {
  words: number
  byFamilyName: boolean
}
/** There are twice as many guardians as students: only the beginning of a family name is fast enough at each key. */
const guardiansFound = prepared((db, text: string) => {
  const { words, byFamilyName } = JSON.parse(text) as GuardianShape
  return db
    .select({
      id: guardians.id,
      givenName: guardians.givenName,
      familyName: guardians.familyName,
      phone: guardians.phone,
    })
    .from(guardians)
    .where(
      inUse(
        guardians,
        p('schoolId'),
        byFamilyName
          ? or(...Array.from({ length: words }, (_, index) => begins(guardians.sortName, index)))
          : undefined,
        holds(guardians.searchText, words),
      ),
    )
    .orderBy(rank(guardians.searchText, words), asc(guardians.sortName), asc(guardians.id))
    .limit(5)
})

async function childrenOf({ db, school }: Context, guardianIds: string[]) {
  if (!guardianIds.length) return []
  return db
    .select({
      guardianId: studentGuardians.guardianId,
      id: students.id,
      givenName: students.givenName,
      familyName: students.familyName,
    })
    .from(studentGuardians)
    .innerJoin(students, refersTo(studentGuardians.studentId, students))
    .where(
      inUse(
        studentGuardians,
        school.id,
        inArray(studentGuardians.guardianId, guardianIds),
        isNull(students.archivedAt),
      ),
    )
    .orderBy(asc(students.sortName), asc(students.id))
}

export async function findGuardians(ctx: Context, words: string[]) {
  const shape: GuardianShape = { words: words.length, byFamilyName: !words.some((word) => /[\d@]/.test(word)) }
  const found = await guardiansFound(ctx.db, JSON.stringify(shape), valuesOf(ctx, words))
  const children = await childrenOf(
    ctx,
    found.map(({ id }) => id),
  )
  return found.map((guardian) => ({
    ...guardian,
    students: children
      .filter(({ guardianId }) => guardianId === guardian.id)
      .map(({ guardianId: _, ...student }) => student),
  }))
}
