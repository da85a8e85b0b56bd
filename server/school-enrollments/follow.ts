/** `students.status` and `gradeLevel` are written by people and imports too. Where a student has days here, they follow. */
import type { Transaction } from '../../db/database.ts'
import type { schoolEnrollments } from '../../db/schema/index.ts'
import { covers, dayBefore, today } from '../calendar.ts'
import { DomainError } from '../errors.ts'
import type { Change } from '../journal/entry.ts'
import { Refusals } from '../records/refusals.ts'
import type { Edit } from '../records/write.ts'
import { addRows, replaceRows } from '../records/write.ts'
import type { SchoolEnrollmentFields, SchoolEnrollmentRow } from './core.ts'
import { rowOn, schoolEnrollmentCore, statusBy } from './core.ts'
import type { Moment } from './days.ts'
import { daysOf, mirror } from './days.ts'

type SchoolEdit = Edit<typeof schoolEnrollments>
const wrote = (field: string, { before, after }: Change) => before?.[field] !== after[field]
const isOfDays = (change: Change) =>
  change.entity === 'student' && change.before && (wrote('status', change) || wrote('gradeLevel', change))

/** The office decides on a last day and its kind, so a status alone changes neither. */
function refuseStatus(changes: readonly Change[], days: ReadonlyMap<string, SchoolEnrollmentRow[]>, day: string): void {
  const refusals = new Refusals(changes.length)
  for (const [index, change] of changes.entries()) {
    const rows = days.get(String(change.after.id))
    if (!rows || !wrote('status', change) || change.after.status === statusBy(rows, day)) continue
    if (changes.length === 1) throw new DomainError('student.status_by_days')
    refusals.add(index, { reason: 'student.status_by_days' })
  }
  refusals.throwIfAny((index) => String(changes[index]?.after.id))
}

/** Without her first day at the school, a row that begins today leaves with its only day. */
const endedBefore = (row: SchoolEnrollmentRow, day: string, now: Date): SchoolEnrollmentFields =>
  row.beginDate === day ? { archivedAt: now } : { endDate: dayBefore(day) }

export type Stay = Pick<SchoolEnrollmentRow, 'beginDate' | 'endDate' | 'exitType'>

/** A bundle begins again what a bundle has ended; what people have ended stays so. */
function begunAgain<Row extends Stay>(rows: readonly Row[], day: string): Row | undefined {
  const last = rows.toSorted((a, b) => (a.beginDate < b.beginDate ? -1 : 1)).at(-1)
  return last && last.endDate !== null && last.endDate < day && last.exitType === null ? last : undefined
}

/** People have decided that the student left, and no bundle changes that. */
export const hasLeft = (rows: readonly Stay[], day: string): boolean =>
  !rows.some((row) => covers(row, day)) && !begunAgain(rows, day)

function byWord(change: Change, rows: readonly SchoolEnrollmentRow[], { day, now }: { day: string; now: Date }) {
  const current = rowOn(rows, day)
  const isWritten = wrote('status', change)
  const gradeLevel = change.after.gradeLevel as string | null
  if (current) {
    const left = isWritten && change.after.status === 'inactive' ? endedBefore(current, day, now) : {}
    return { edit: { before: current, fields: { ...(wrote('gradeLevel', change) && { gradeLevel }), ...left } } }
  }
  const last = isWritten && change.after.status === 'active' ? begunAgain(rows, day) : undefined
  if (!last) return {}
  if (last.endDate === dayBefore(day)) return { edit: { before: last, fields: { gradeLevel, endDate: null } } }
  return { added: { studentId: last.studentId, beginDate: day, gradeLevel } }
}

/** Throws `student.status_by_days` where people write another status than the days say. */
export async function followStudents(
  tx: Transaction,
  ctx: Moment,
  all: readonly Change[],
  way: 'people' | 'import' = 'people',
): Promise<Change[]> {
  const changes = all.filter(isOfDays)
  const days = await daysOf(
    tx,
    ctx,
    changes.map(({ after }) => String(after.id)),
  )
  if (!days.size) return []
  const day = today(ctx)
  if (way === 'people') refuseStatus(changes, days, day)
  const edits: SchoolEdit[] = []
  const added: (SchoolEnrollmentFields & { studentId: string; beginDate: string })[] = []
  for (const change of changes) {
    const rows = days.get(String(change.after.id))
    const follows = rows && byWord(change, rows, { day, now: ctx.now })
    if (follows?.edit) edits.push(follows.edit)
    if (follows?.added) added.push(follows.added)
  }
  return [
    ...(await replaceRows(tx, schoolEnrollmentCore, edits)),
    ...(await addRows(tx, schoolEnrollmentCore, ctx.school.id, added)),
    ...(await mirror(tx, ctx, days.keys())),
  ]
}
