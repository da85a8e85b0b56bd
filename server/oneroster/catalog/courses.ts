import type { Comparison } from '../comparison/comparison.ts'
import { archiveEverywhere, claimed, courseCode, extraOf, hasColumnIn, inFile } from '../comparison/keep.ts'
import type { PlannedSchool } from '../comparison/schools.ts'
import type { Row } from '../read/row.ts'
import { columnsOf } from '../read/stage.ts'
import { titleOf } from './title.ts'

function compareCourse(comparison: Comparison, school: PlannedSchool, sourcedId: string, row: Row): void {
  const { courseCode: code, orgSourcedId } = row.fields
  const own = claimed(comparison, courseCode, school, sourcedId, row)
  const kept = {
    courseCode: own === null ? code : undefined,
    // A copy in another school remembers where the course came from.
    orgSourcedId: orgSourcedId === school.sourcedId ? undefined : orgSourcedId,
  }
  const columns = columnsOf(comparison.staged, 'courses', row)
  const existing = comparison.idOf('course', school, sourcedId)
  comparison.settle('course', school, existing, {
    archived: row.status === 'tobedeleted',
    hasColumn: hasColumnIn(comparison.staged, row, 'courses'),
    fields: {
      ...((!existing || columns.has('title')) && {
        title: titleOf(comparison, 'course', school, existing, row, code ?? sourcedId),
      }),
      ...inFile<unknown>(columns, { code: ['courseCode', own] }),
      sourcedId,
      extra: extraOf(row, kept),
    },
  })
}

/** A course belongs to one school, and every other one whose classes teach it gets a copy. */
export function compareCourses(comparison: Comparison, classSchool: (row: Row) => PlannedSchool | undefined): void {
  const { staged, orgs, report } = comparison
  const taught = staged.scratch.shelf<null>()
  for (const [, row] of staged.rows.classes.entries()) {
    const school = classSchool(row)
    if (school && row.fields.courseSourcedId) taught.put([row.fields.courseSourcedId, school.key], null)
  }
  let idle = 0
  for (const [sourcedId, row] of staged.rows.courses.entries()) {
    const { orgSourcedId: org } = row.fields
    const keys = new Set([...taught.under(sourcedId)].map(([[key]]) => key))
    const own = org ? orgs.school(org) : undefined
    if (own) keys.add(own.key)
    const named = new Set(own && orgs.schools.filter(({ key }) => keys.has(key)))
    if (row.status === 'tobedeleted' && archiveEverywhere(comparison, 'course', sourcedId, named)) continue
    if (!own) for (const { key } of comparison.schoolsWith('course', sourcedId)) keys.add(key)
    const isUnclear = !org && !keys.size && (row.status === 'tobedeleted' || !orgs.only)
    if (isUnclear && comparison.isAmbiguous('course', sourcedId, row)) continue
    if (!keys.size && orgs.only) keys.add(orgs.only.key)
    for (const school of orgs.schools)
      if (keys.has(school.key)) {
        compareCourse(comparison, school, sourcedId, row)
        comparison.counts.add(school, 'courses', row)
      }
    if (!keys.size) idle++
  }
  if (idle) report.note(`Courses that belong to no school of this bundle were left out: ${idle}`)
}
