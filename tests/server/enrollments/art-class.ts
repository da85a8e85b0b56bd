/** A school whose registrar fills classes, in as few words as a test wants. */
import { and, eq } from 'drizzle-orm'
import { afterAll } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { enrollments, journal, journalValues, students } from '../../../db/schema/index.ts'
import { searchText, sortName } from '../../../server/people.ts'
import type { Caller } from '../../setup/people.ts'
import { as, db, makePerson, makeSchool, now, writeInSchool } from '../../setup/people.ts'

afterAll(() => db.close())

export const school = await makeSchool()
export const registrar = await makePerson(school, 'registrar')
export const today = '2026-11-20'
export const later = (days: number) => ({ now: new Date(now.getTime() + days * 86_400_000) })

let made = 0
/** New students, by id. Their family names are in the order of making. */
export async function makeStudents(count: number): Promise<string[]> {
  const rows = Array.from({ length: count }, () => {
    const names = { givenName: 'Sam', familyName: `S${String(++made).padStart(5, '0')}` }
    return { schoolId: school.id, id: newId(), ...names, sortName: sortName(names), searchText: searchText(names) }
  })
  await writeInSchool(school.id, async (tx) => {
    await tx.insert(students).values(rows)
    return []
  })
  return rows.map(({ id }) => id)
}

export const makeClass = (capacity: number | null, more: Partial<Parameters<Caller['classes']['create']>[0]> = {}) =>
  as(registrar).classes.create({ title: `Art ${++made}`, capacity, ...more })

type EnrollMore = Partial<Parameters<Caller['classes']['enroll']>[0]>
export const enroll = (classId: string, studentIds: string[], more: EnrollMore = {}) =>
  as(registrar).classes.enroll({ classId, studentIds, ...more })
export const wait = (classId: string, ...studentIds: string[]) => enroll(classId, studentIds, { waitlist: true })

export const view = (classId: string) => as(registrar).classes.get({ id: classId })
/** The roster's row of a student: the last of several. */
export async function rowOf(classId: string, studentId: string | undefined) {
  const { roster } = await view(classId)
  const row = roster.findLast((one) => one.studentId === studentId)
  if (!row) throw new Error('she is not on the roster')
  return row
}
export async function withdraw(classId: string, studentId: string | undefined, more = {}) {
  const { id, version } = await rowOf(classId, studentId)
  return as(registrar).enrollments.withdraw({ id, version, reason: 'moved', ...more })
}
/** Each student's standing, in the roster's order. */
export async function standings(classId: string): Promise<string[]> {
  const { roster } = await view(classId)
  return roster.map(({ status }) => status)
}
export const seated = async (classId: string) =>
  (await view(classId)).roster.filter(({ status }) => status === 'enrolled').map(({ studentId }) => studentId)
export const waiting = async (classId: string) =>
  (await view(classId)).roster.filter(({ status }) => status === 'waitlisted').map(({ studentId }) => studentId)

/** All rows of a class as they stand in the table, archived ones too. */
export const allRows = (classId: string) =>
  db
    .select()
    .from(enrollments)
    .where(and(eq(enrollments.schoolId, school.id), eq(enrollments.classId, classId)))

/** What the journal tells of an enrollment's status, oldest first. */
export async function statusesTold(enrollmentId: string): Promise<{ from: string | undefined; to: string }[]> {
  const rows = await db
    .select({ content: journalValues.content })
    .from(journal)
    .innerJoin(
      journalValues,
      and(eq(journalValues.schoolId, journal.schoolId), eq(journalValues.number, journal.number)),
    )
    .where(and(eq(journal.schoolId, school.id), eq(journal.entityId, enrollmentId)))
    .orderBy(journal.number)
  return rows.flatMap(({ content }) => {
    const { before, after } = JSON.parse(content) as Record<'before' | 'after', { status?: string } | undefined>
    return after?.status ? [{ from: before?.status, to: after.status }] : []
  })
}

export const refusal = (reason: string, details?: object) => ({ cause: { reason, ...(details && { details }) } })
