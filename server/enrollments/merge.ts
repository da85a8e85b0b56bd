import type { enrollments } from '../../db/schema/index.ts'
import type { DayRange } from '../calendar.ts'
import { dayAfter, firstFreeDay, overlap, spanOf } from '../calendar.ts'
import { grouped } from '../grouped.ts'
import { foldedRowsOf, foldedText, withoutFolded } from '../records/folded-rows.ts'
import type { FieldsOf } from '../records/kind.ts'
import type { MergeOf, Merging } from '../records/merging.ts'
import type { Edit } from '../records/write.ts'
import type { EnrollmentRow } from './core.ts'
import { holdsSeat, isWaiting } from './core.ts'

type Fields = FieldsOf<typeof enrollments>
type EnrollmentEdit = Edit<typeof enrollments>
const textMax = 500

/** Rows of the record that remains come first among equals. */
function clustersOf(rows: readonly EnrollmentRow[], keptId: string): EnrollmentRow[][] {
  const rank = ({ studentId }: EnrollmentRow) => (studentId === keptId ? 0 : 1)
  const order = (a: EnrollmentRow, b: EnrollmentRow) =>
    (a.beginDate ?? '') === (b.beginDate ?? '') ? rank(a) - rank(b) : (a.beginDate ?? '') < (b.beginDate ?? '') ? -1 : 1
  const clusters: { rows: EnrollmentRow[]; days: DayRange }[] = []
  for (const row of rows.toSorted(order)) {
    const last = clusters.at(-1)
    if (last && overlap(last.days, row)) {
      last.rows.push(row)
      last.days = spanOf([last.days, row])
    } else clusters.push({ rows: [row], days: row })
  }
  return clusters.map(({ rows: together }) => together)
}

const certainty = { completed: 0, enrolled: 1, withdrawn: 2, waitlisted: 3 }

/** A seat in either record counts; otherwise the latest row does. */
function outcomeOf(rows: readonly EnrollmentRow[], day: string): Fields {
  const { beginDate, endDate: lastDay } = spanOf(rows)
  const seated = rows.filter((row) => holdsSeat(row, day))
  if (seated.length) {
    // Nobody wrote down the last day, so only the first one is known.
    const known = rows.flatMap((row) => {
      if (row.status === 'enrolled') return row
      const end = row.endDate ?? row.beginDate
      return end === null ? [] : { ...row, endDate: end }
    })
    const { endDate } = spanOf(known)
    return { status: 'enrolled', beginDate, endDate, withdrawalReason: null }
  }
  const [lead] = rows
    .filter((row) => row.endDate === lastDay)
    .toSorted((a, b) => certainty[a.status] - certainty[b.status])
  return {
    status: lead?.status ?? 'completed',
    beginDate,
    endDate: lastDay,
    withdrawalReason: lead?.withdrawalReason ?? null,
  }
}

/** An import finds every row by its id in the other system. */
function identityOf(keeper: EnrollmentRow, others: readonly EnrollmentRow[]): Fields {
  const named = keeper.sourcedId ? keeper : (others.find(({ sourcedId }) => sourcedId) ?? keeper)
  const foldedRows = foldedText([keeper, ...others].flatMap(foldedRowsOf))
  const extra = withoutFolded({ ...keeper.extra, ...named.extra })
  return { sourcedId: named.sourcedId, extra: { ...extra, ...(foldedRows && { foldedRows }) } }
}

const notesOf = (rows: readonly EnrollmentRow[]): string | null =>
  [...new Set(rows.flatMap(({ note }) => note ?? []))].join('\n').slice(0, textMax).toWellFormed() || null

/** One row of the record that remains goes on for all of them; the others are archived. */
function foldCluster(cluster: EnrollmentRow[], { keptId, now, day }: Merging): EnrollmentEdit[] {
  const keeper = cluster.find(({ studentId }) => studentId === keptId) ?? cluster[0]
  if (!keeper) return []
  const others = cluster.filter((row) => row !== keeper)
  const grade = [keeper, ...others].find((row) => row.grade !== null)?.grade ?? null
  const fields = { studentId: keptId, ...outcomeOf(cluster, day), ...identityOf(keeper, others), grade }
  return [
    ...others.map((before) => ({ before, fields: { archivedAt: now, sourcedId: null } })),
    { before: keeper, fields: { ...fields, note: notesOf([keeper, ...others]) } },
  ]
}

/** Two rows of one student in a class never begin on one day: a waiting one begins after her days there. */
function waitingDays({ beginDate, endDate }: DayRange, attended: readonly DayRange[]): DayRange {
  const isTaken = (day: string) => attended.some((row) => row.beginDate === day)
  if (beginDate === null || !isTaken(beginDate)) return { beginDate, endDate }
  let day = firstFreeDay(attended, beginDate)
  while (isTaken(day)) day = firstFreeDay(attended, dayAfter(day))
  return { beginDate: day, endDate: endDate !== null && endDate < day ? null : endDate }
}

/** The better of the two waitlist positions stays, and none where she has a seat. */
function foldWaiting(
  waiting: EnrollmentRow[],
  { keptId, now }: Merging,
  hasSeat: boolean,
  attended: readonly DayRange[],
): EnrollmentEdit[] {
  if (hasSeat) return waiting.map((before) => ({ before, fields: { archivedAt: now, waitlistPosition: null } }))
  const keeper = waiting.find(({ studentId }) => studentId === keptId) ?? waiting[0]
  if (!keeper) return []
  const others = waiting.filter((row) => row !== keeper)
  const positions = waiting.flatMap(({ waitlistPosition }) => waitlistPosition ?? [])
  const waitlistPosition = positions.length ? Math.min(...positions) : null
  return [
    ...others.map((before) => ({ before, fields: { archivedAt: now, waitlistPosition: null, sourcedId: null } })),
    {
      before: keeper,
      fields: { studentId: keptId, waitlistPosition, ...waitingDays(keeper, attended), ...identityOf(keeper, others) },
    },
  ]
}

function foldClass(rows: readonly EnrollmentRow[], merging: Merging): EnrollmentEdit[] {
  const open = rows.filter(({ archivedAt }) => !archivedAt)
  const ofGone = (row: EnrollmentRow) => row.studentId === merging.goneId
  if (!open.some(ofGone)) return []
  const clusters = clustersOf(
    open.filter((row) => !isWaiting(row)),
    merging.keptId,
  )
  const waiting = open.filter(isWaiting)
  const hasSeat = open.some((row) => holdsSeat(row, merging.day))
  const folded = clusters.filter((cluster) => cluster.some(ofGone)).flatMap((cluster) => foldCluster(cluster, merging))
  // Rows are written one by one, a waiting one first: the days before the merge count too.
  const attended = [
    ...clusters.flat(),
    ...folded.map(
      ({ before, fields }): DayRange => ({
        beginDate: fields.beginDate === undefined ? before.beginDate : fields.beginDate,
        endDate: fields.endDate === undefined ? before.endDate : fields.endDate,
      }),
    ),
  ]
  return [...foldWaiting(waiting, merging, hasSeat, attended), ...folded]
}

/** Days in either record stay hers, ranges of a class do not overlap, and a seat stays held. Archived rows do not move. */
export const mergeEnrollments: MergeOf<typeof enrollments> = (rows, merging) => {
  const edits = [...grouped(rows, ({ classId }) => classId).values()].flatMap((ofClass) => foldClass(ofClass, merging))
  // An archived row must free its first day before another row takes it.
  const rank = ({ fields }: EnrollmentEdit) => (fields.archivedAt ? 0 : 1)
  return edits.toSorted((a, b) => rank(a) - rank(b))
}
