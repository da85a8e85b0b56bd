/** What the list of students can be narrowed to, beside what stands in a student's own row. */
import { sql } from 'drizzle-orm'
import { placeIn } from '../../db/kit.ts'
import { enrollments, studentGuardians, students } from '../../db/schema/index.ts'
import type { GradeLevel } from '../../db/values.ts'
import { gradeLevels } from '../../db/values.ts'
import { entryDateOn, gradeOn } from '../at-school.ts'
import { asked } from '../records/paged-list.ts'

const day = sql.placeholder('today')
export const inLines = (codes: readonly string[]) => `\n${codes.map((code) => `${code}\n`).join('')}`

/** A school that lists no grade levels offers the usual ones. */
export const offeredLevels = (own: readonly GradeLevel[]): string =>
  inLines(own.length ? own.map(({ code }) => code) : gradeLevels)

const offered = sql`cast(${sql.placeholder('gradesOffered')} as text)`
/** Without the offset a database asks for the grade of the day twice. */
export const hasUnlistedGrade = sql`(select of_day.grade is not null and
  ${placeIn(offered, sql`(${'\n'} || of_day.grade || ${'\n'})`)} = 0
  from (select ${gradeOn(day)} as grade limit 1 offset 0) as of_day)`

const ofStudent = (table: typeof enrollments | typeof studentGuardians) =>
  sql`${table.schoolId} = ${students.schoolId} and ${table.studentId} = ${students.id} and ${table.archivedAt} is null`

/** Today or later. */
export const isInClass = sql`exists (select 1 from ${enrollments} where ${ofStudent(enrollments)}
  and ${enrollments.classId} = ${asked('classId')} and ${enrollments.status} = 'enrolled'
  and (${enrollments.endDate} is null or ${enrollments.endDate} >= ${day}))`

const linked = sql`exists (select 1 from ${studentGuardians} where ${ofStudent(studentGuardians)})`
export const havingGuardians = { some: linked, none: sql`not ${linked}` }

export const enteredFrom = sql`${entryDateOn(day)} >= ${asked('enteredFrom')}`
export const enteredTo = sql`${entryDateOn(day)} <= ${asked('enteredTo')}`
