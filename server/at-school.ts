/** What a student is on a day: where she has days at the school they decide, else what is stored of her. */
import type { SQL } from 'drizzle-orm'
import { sql } from 'drizzle-orm'
import { schoolEnrollments, students } from '../db/schema/index.ts'
import type { StudentStatus } from '../db/values.ts'

const { schoolId, studentId, beginDate, endDate, archivedAt, gradeLevel } = schoolEnrollments

const covering = (day: unknown) => sql`${beginDate} <= ${day} and (${endDate} is null or ${endDate} >= ${day})`
const ofStudent = sql`${schoolId} = ${students.schoolId} and ${studentId} = ${students.id} and ${archivedAt} is null`

/** A coming first or last day takes effect on its day, though nobody writes then. `day` is 'YYYY-MM-DD' on the school's calendar. */
export const statusOn = (day: unknown): SQL<StudentStatus> => {
  // The smaller of the two words: one range that covers the day is enough.
  const byDays = sql`(select min(case when ${covering(day)} then 'active' else 'inactive' end)
    from ${schoolEnrollments} where ${ofStudent})`
  return sql`coalesce(${byDays}, ${students.status})`
}

export const gradeOn = (day: unknown): SQL<string | null> => {
  const byDays = sql`(select max(${gradeLevel}) from ${schoolEnrollments} where ${ofStudent} and ${covering(day)})`
  return sql`coalesce(${byDays}, ${students.gradeLevel})`
}

/** The first of the days that cover the day, or of her latest ones. */
export const entryDateOn = (day: unknown): SQL<string | null> => {
  const covered = sql`max(case when ${covering(day)} then ${beginDate} end)`
  const byDays = sql`(select coalesce(${covered}, max(${beginDate})) from ${schoolEnrollments} where ${ofStudent})`
  return sql`${byDays}`.mapWith(beginDate) as SQL<string | null>
}

export const atSchoolOn = (day: unknown) => ({ gradeLevel: gradeOn(day), status: statusOn(day) })
