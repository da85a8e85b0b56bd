import type { Transaction } from '../../db/database.ts'
import type { schoolEnrollments } from '../../db/schema/index.ts'
import { overlap, today } from '../calendar.ts'
import { DomainError } from '../errors.ts'
import type { Change } from '../journal/entry.ts'
import type { Edit } from '../records/write.ts'
import { addRows, replaceRows } from '../records/write.ts'
import type { SchoolEnrollmentRow } from './core.ts'
import { rowOn, schoolEnrollmentCore } from './core.ts'
import type { Moment } from './days.ts'
import { daysOf, mirror } from './days.ts'

const latest = (rows: readonly SchoolEnrollmentRow[]) =>
  rows.toSorted((a, b) => (a.beginDate < b.beginDate ? -1 : 1)).at(-1)

/** By student: her days begin on this day, or new ones do where she has none. */
export async function enterStudents(
  tx: Transaction,
  ctx: Moment,
  wanted: ReadonlyMap<string, string>,
): Promise<Change[]> {
  if (!wanted.size) return []
  const days = await daysOf(tx, ctx, wanted.keys())
  const edits: Edit<typeof schoolEnrollments>[] = []
  const added: { studentId: string; beginDate: string }[] = []
  for (const [studentId, beginDate] of wanted) {
    const rows = days.get(studentId) ?? []
    const before = rowOn(rows, today(ctx)) ?? latest(rows)
    if (!before) added.push({ studentId, beginDate })
    else if (rows.some((other) => other !== before && overlap(other, { ...before, beginDate })))
      throw new DomainError('schoolEnrollment.overlaps')
    else edits.push({ before, fields: { beginDate } })
  }
  return [
    ...(await replaceRows(tx, schoolEnrollmentCore, edits)),
    ...(await addRows(tx, schoolEnrollmentCore, ctx.school.id, added)),
    ...(await mirror(tx, ctx, wanted.keys())),
  ]
}
