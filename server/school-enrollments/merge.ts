import type { schoolEnrollments } from '../../db/schema/index.ts'
import type { DayRange } from '../calendar.ts'
import { overlap, spanOf } from '../calendar.ts'
import type { MergeOf, Merging } from '../records/merging.ts'
import { sidesOf } from '../records/merging.ts'
import type { Edit } from '../records/write.ts'
import type { SchoolEnrollmentRow } from './core.ts'

type SchoolEdit = Edit<typeof schoolEnrollments>

function clustersOf(rows: readonly SchoolEnrollmentRow[]): SchoolEnrollmentRow[][] {
  const clusters: { rows: SchoolEnrollmentRow[]; days: DayRange }[] = []
  for (const row of rows.toSorted((a, b) => (a.beginDate < b.beginDate ? -1 : 1))) {
    const last = clusters.at(-1)
    if (last && overlap(last.days, row)) {
      last.rows.push(row)
      last.days = spanOf([last.days, row])
    } else clusters.push({ rows: [row], days: row })
  }
  return clusters.map(({ rows: together }) => together)
}

function fold(cluster: readonly SchoolEnrollmentRow[], { keptId, now }: Merging): SchoolEdit[] {
  const keeper = cluster.find(({ studentId }) => studentId === keptId) ?? cluster[0]
  if (!keeper) return []
  const others = cluster.filter((row) => row !== keeper)
  const { beginDate, endDate } = spanOf(cluster)
  const last = cluster.find((row) => row.endDate === endDate) ?? keeper
  const first = cluster.find((row) => row.beginDate === beginDate) ?? keeper
  return [
    ...others.map((before) => ({ before, fields: { archivedAt: now } })),
    {
      before: keeper,
      fields: {
        studentId: keptId,
        beginDate: first.beginDate,
        endDate,
        entryType: first.entryType,
        exitType: last.exitType,
        destination: last.destination,
        gradeLevel: keeper.gradeLevel ?? others.find((row) => row.gradeLevel)?.gradeLevel ?? null,
      },
    },
  ]
}

/** Days in either record stay hers, and never overlap. An archived row must free its first day before another takes it. */
export const mergeSchoolEnrollments: MergeOf<typeof schoolEnrollments> = (rows, merging) => {
  const { gone, kept } = sidesOf(rows, merging)
  const clusters = clustersOf([...kept, ...gone]).filter((cluster) => cluster.some((row) => gone.includes(row)))
  const edits = clusters.flatMap((cluster) => fold(cluster, merging))
  const rank = ({ fields }: SchoolEdit) => (fields.archivedAt ? 0 : 1)
  return edits.toSorted((a, b) => rank(a) - rank(b))
}
