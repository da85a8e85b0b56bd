/** What is true of the school today holds for an undo too: seats, days, and what has come to stand on a record since. */
import { and, eq, getTableColumns, inArray, isNull } from 'drizzle-orm'
import type { Reader, Transaction } from '../../db/database.ts'
import { tableConfig } from '../../db/kit.ts'
import type { classes } from '../../db/schema/index.ts'
import { classInstructors } from '../../db/schema/index.ts'
import { classInstructorKind } from '../class-instructors/kind.ts'
import { classKind } from '../classes/kind.ts'
import type { MutationContext } from '../context.ts'
import { today } from '../context.ts'
import type { EnrollmentRow } from '../enrollments/kind.ts'
import { enrollmentKind, holdsSeat, isWaiting } from '../enrollments/kind.ts'
import { fullClass, promoteWaiting, rowsIn, seatingOf } from '../enrollments/seats.ts'
import { DomainError } from '../errors.ts'
import { overlap } from '../ranges.ts'
import { freeDay } from '../records/free-day.ts'
import type { RowOf } from '../records/kind.ts'
import { asOne, findRow } from '../records/kind.ts'
import { studentKind } from '../students/kind.ts'
import type { BulkEntity } from './bulk.ts'
import { inBatches, journaledTables } from './bulk.ts'
import type { Change } from './entry.ts'
import type { Reverted } from './undo.ts'
import { undoable } from './undoable.ts'

interface Pair<Row> {
  before: Row
  after: Row
}
type AssignmentRow = RowOf<typeof classInstructors>
const pairsOf = <Row>(reverts: readonly Reverted[], wanted: BulkEntity) =>
  reverts.filter(({ entity }) => entity === wanted) as unknown as Pair<Row>[]

/** Her other rows in the class leave this one its days. */
async function makeRoomFor(tx: Transaction, ctx: MutationContext, row: EnrollmentRow, isReverted: Set<string>) {
  const others = (await rowsIn(tx, ctx, row.classId, [row.studentId])).filter(({ id }) => !isReverted.has(id))
  if (others.some((other) => !other.archivedAt && overlap(other, row))) throw new DomainError('enrollment.overlaps')
  return freeDay(tx, enrollmentKind, others, row.beginDate)
}

/** Nobody else is the class's primary instructor by now, and this one's other assignments leave this one its days. */
async function makeRoomForAssignment(tx: Transaction, row: AssignmentRow, isReverted: Set<string>) {
  const rows = (await tx
    .select()
    .from(classInstructors)
    .where(
      and(eq(classInstructors.schoolId, row.schoolId), eq(classInstructors.classId, row.classId)),
    )) as AssignmentRow[]
  const others = rows.filter(({ id }) => !isReverted.has(id))
  const current = others.filter(({ archivedAt }) => !archivedAt)
  const own = others.filter(({ instructorId }) => instructorId === row.instructorId)
  if (own.some((other) => !other.archivedAt && overlap(other, row))) throw new DomainError('classInstructor.overlaps')
  const primary = current.find(({ isPrimary }) => isPrimary && row.isPrimary)
  if (primary) throw new DomainError('undo.changed', { records: [{ entity: 'classInstructor', id: primary.id }] })
  return freeDay(tx, classInstructorKind, own, row.beginDate)
}

/** What has to give way before the records are written back. */
export async function beforeUndo(tx: Transaction, ctx: MutationContext, reverts: readonly Reverted[]) {
  const isReverted = new Set(reverts.map(({ after }) => after.id))
  const made: Change[] = []
  for (const { after } of pairsOf<EnrollmentRow>(reverts, 'enrollment'))
    if (!after.archivedAt) made.push(...(await makeRoomFor(tx, ctx, after, isReverted)))
  for (const { after } of pairsOf<AssignmentRow>(reverts, 'classInstructor'))
    if (!after.archivedAt) made.push(...(await makeRoomForAssignment(tx, after, isReverted)))
  return made
}

/** The columns by which other tables point at this one. */
const pointersTo = (table: object) =>
  Object.entries(journaledTables).flatMap(([entity, child]) =>
    tableConfig(child).foreignKeys.flatMap((key) => {
      const { foreignTable, columns } = key.reference()
      const column = columns[1]
      return foreignTable === table && column && 'archivedAt' in getTableColumns(child)
        ? [{ entity: entity as BulkEntity, child, column }]
        : []
    }),
  )

/** What becomes archived is used by nobody: `undo.changed` names what has come to stand on it. */
async function requireUnused(tx: Reader, { school }: MutationContext, entity: BulkEntity, ids: readonly string[]) {
  const table = undoable[entity]?.kind.table
  for (const { entity: user, child, column } of table ? pointersTo(table) : [])
    for (const batch of inBatches(ids)) {
      const { schoolId, id, archivedAt } = asOne(child as never)
      const users = await tx
        .select({ id })
        .from(child as typeof classInstructors)
        .where(and(eq(schoolId, school.id), isNull(archivedAt), inArray(column, batch)))
        .limit(20)
      if (users.length)
        throw new DomainError('undo.changed', { records: users.map((one) => ({ entity: user, id: String(one.id) })) })
    }
}

async function requireSeats(tx: Transaction, ctx: MutationContext, classId: string, mayLower: boolean): Promise<void> {
  const seating = await seatingOf(tx, ctx, classId)
  if (seating.capacity === null || seating.taken <= seating.capacity) return
  throw mayLower ? new DomainError('class.capacity_below', seating) : fullClass(seating)
}

/** Everybody who is back in a class has a seat there; then free seats go to those who wait. */
async function settleSeats(tx: Transaction, ctx: MutationContext, reverts: readonly Reverted[]): Promise<Change[]> {
  const day = today(ctx)
  const seats = pairsOf<EnrollmentRow>(reverts, 'enrollment')
  const isOpen = (row: EnrollmentRow) => holdsSeat(row, day) || isWaiting(row)
  for (const { before, after } of seats) {
    if (!isOpen(after) || (isOpen(before) && before.studentId === after.studentId)) continue
    const student = await findRow(tx, studentKind, ctx.school.id, after.studentId)
    const klass = await findRow(tx, classKind, ctx.school.id, after.classId)
    if (student?.archivedAt || klass?.archivedAt) throw new DomainError('enrollment.archived')
  }
  const gained = seats.filter(({ before, after }) => holdsSeat(after, day) && !holdsSeat(before, day))
  const lowered = pairsOf<RowOf<typeof classes>>(reverts, 'class').filter(
    ({ before, after }) => before.capacity !== after.capacity,
  )
  for (const { after } of lowered) await requireSeats(tx, ctx, after.id, true)
  for (const classId of new Set(gained.map(({ after }) => after.classId))) await requireSeats(tx, ctx, classId, false)
  const touched = new Set([...seats.map(({ after }) => after.classId), ...lowered.map(({ after }) => after.id)])
  const promoted: Change[] = []
  for (const classId of touched) promoted.push(...(await promoteWaiting(tx, ctx, classId)))
  return promoted
}

/** What must be true once the records are written back; answers what follows from it. */
export async function afterUndo(tx: Transaction, ctx: MutationContext, reverts: readonly Reverted[]) {
  const archived = new Map<BulkEntity, string[]>()
  for (const { entity, before, after } of reverts)
    if (after.archivedAt && !before.archivedAt) {
      const ids = archived.get(entity) ?? []
      ids.push(after.id)
      archived.set(entity, ids)
    }
  for (const [entity, ids] of archived) await requireUnused(tx, ctx, entity, ids)
  return settleSeats(tx, ctx, reverts)
}
