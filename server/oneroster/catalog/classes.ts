import type { Comparison } from '../comparison/comparison.ts'
import { archiveEverywhere, extraOf, hasColumnIn, inFile } from '../comparison/keep.ts'
import type { PlannedSchool } from '../comparison/schools.ts'
import { schoolOrgOf } from '../comparison/schools.ts'
import type { Row } from '../read/row.ts'
import { columnsOf } from '../read/stage.ts'
import { readList } from '../read/values.ts'
import { titleOf } from './title.ts'

/** A class without a school belongs to its course's, to the one that has it, or to the only one. */
export const classSchoolIn =
  (comparison: Comparison) =>
  (row: Row): PlannedSchool | undefined => {
    const { orgs, staged } = comparison
    const org = schoolOrgOf(row, staged.rows.courses)
    if (org) return orgs.school(org)
    const [first, ...others] = comparison.schoolsWith('class', row.fields.sourcedId ?? '')
    return others.length ? undefined : (first ?? orgs.only)
  }

function roomNamed(comparison: Comparison, school: PlannedSchool, name: string | undefined): string | null {
  if (!name) return null
  const known = comparison.known.names.get(['room', school.key, name])
  return known ?? comparison.settle('room', school, undefined, { archived: false, fields: { name } })
}

function compareTerms(
  comparison: Comparison,
  school: PlannedSchool,
  classId: string,
  sessions: ReadonlySet<string>,
): void {
  const held = [...comparison.known.members.under(['classTerm', school.key, classId])].map(([[session = '', id]]) => ({
    session,
    id,
  }))
  for (const { session, id } of held)
    comparison.settle('classTerm', school, id, { fields: {}, archived: !sessions.has(session) })
  for (const academicSessionId of sessions)
    if (!held.some(({ session }) => session === academicSessionId))
      comparison.settle('classTerm', school, undefined, { fields: { classId, academicSessionId }, archived: false })
}

function sessionsOf(comparison: Comparison, school: PlannedSchool, row: Row) {
  const missing: string[] = []
  const sessions = new Set<string>()
  for (const sourcedId of readList(row.fields.termSourcedIds)) {
    const id = comparison.idOf('academicSession', school, sourcedId)
    if (id) sessions.add(id)
    else missing.push(sourcedId)
  }
  for (const sourcedId of missing)
    comparison.report.warn(row, `there is no session ${sourcedId}: the class is stored without it`, 'termSourcedIds')
  return { sessions, missing }
}

function compareClass(comparison: Comparison, school: PlannedSchool, sourcedId: string, row: Row): void {
  const columns = columnsOf(comparison.staged, 'classes', row)
  const { classCode: code, courseSourcedId, location } = row.fields
  const existing = comparison.idOf('class', school, sourcedId)
  const course = comparison.idOf('course', school, courseSourcedId)
  const isCourseMissing = courseSourcedId !== undefined && !course
  if (isCourseMissing && columns.has('title') && !row.fields.title && row.status !== 'tobedeleted') {
    comparison.report.reject(row, 'has no title, and its course is not there: its cells may stand in wrong columns')
    return
  }
  if (isCourseMissing)
    comparison.report.warn(
      row,
      `there is no course ${courseSourcedId}: the class is stored without it`,
      'courseSourcedId',
    )
  const isTitled = !existing || columns.has('title')
  const { sessions, missing } = sessionsOf(comparison, school, row)
  const id = comparison.settle('class', school, existing, {
    archived: row.status === 'tobedeleted',
    hasColumn: hasColumnIn(comparison.staged, row, 'classes'),
    fields: {
      ...(isTitled && { title: titleOf(comparison, 'class', school, existing, row, code ?? sourcedId) }),
      ...inFile<unknown>(columns, {
        code: ['classCode', code ?? null],
        courseId: ['courseSourcedId', course ?? null],
        roomId: ['location', roomNamed(comparison, school, location)],
      }),
      sourcedId,
      extra: extraOf(row, {
        courseSourcedId: course ? undefined : courseSourcedId,
        termSourcedIds: missing.length ? missing.join(',') : undefined,
      }),
    },
  })
  if (columns.has('termSourcedIds')) compareTerms(comparison, school, id, sessions)
}

export function compareClasses(comparison: Comparison, classSchool: (row: Row) => PlannedSchool | undefined): void {
  for (const [sourcedId, row] of comparison.staged.rows.classes.entries()) {
    const org = schoolOrgOf(row, comparison.staged.rows.courses)
    const named = org ? comparison.orgs.school(org) : undefined
    const isDeleted = row.status === 'tobedeleted'
    if (isDeleted && archiveEverywhere(comparison, 'class', sourcedId, named && new Set([named]))) continue
    const school = classSchool(row)
    if (!org && (isDeleted || !school) && comparison.isAmbiguous('class', sourcedId, row)) continue
    if (school) {
      compareClass(comparison, school, sourcedId, row)
      comparison.counts.add(school, 'classes', row)
      comparison.archiveElsewhere('class', sourcedId, new Set([school]))
    } else if (!isDeleted)
      comparison.report.reject(row, 'names no school, and there is more than one it could belong to', 'schoolSourcedId')
  }
}
