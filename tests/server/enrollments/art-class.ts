/** Who has a seat in a class and who waits, and what the journal tells of it. */
import { and, eq } from 'drizzle-orm'
import { enrollments, journal, journalValues } from '../../../db/schema/index.ts'
import { db } from '../../setup/people.ts'
import { api, enroll, school } from '../../setup/school.ts'

export const wait = (classId: string, ...studentIds: string[]) => enroll(classId, studentIds, { waitlist: true })

export const view = (classId: string) => api().classes.get({ id: classId })
/** Each student's status, in the roster's order. */
export async function standings(classId: string): Promise<string[]> {
  const { roster } = await view(classId)
  return roster.map(({ status }) => status)
}
export const seated = async (classId: string) =>
  (await view(classId)).roster.filter(({ status }) => status === 'enrolled').map(({ studentId }) => studentId)
export const waiting = async (classId: string) =>
  (await view(classId)).roster.filter(({ status }) => status === 'waitlisted').map(({ studentId }) => studentId)

/** All rows of a class as the table has them, archived ones too. */
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
