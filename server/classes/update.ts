import type { Transaction } from '../../db/database.ts'
import type { MutationContext } from '../context.ts'
import { promoteWaiting, seatingOf } from '../enrollments/seats.ts'
import { DomainError } from '../errors.ts'
import { mutate } from '../journal/operation.ts'
import type { Booking } from '../meetings/bookings.ts'
import { writeHolding } from '../meetings/hold.ts'
import { requireReferences } from '../records/refer.ts'
import { changeRows, seenRecord } from '../records/write.ts'
import type { UpdateClassInput } from './input.ts'
import type { ClassRow } from './kind.ts'
import { classKind } from './kind.ts'
import { readClass } from './read.ts'
import { writeTerms } from './terms.ts'

export const isLowered = (before: ClassRow, capacity: number): boolean =>
  before.capacity === null || capacity < before.capacity

/** A capacity below the taken seats is refused, unless it is more than an overfilled class has now. */
async function checkCapacity(
  tx: Transaction,
  ctx: MutationContext,
  before: ClassRow,
  capacity: number | null | undefined,
): Promise<void> {
  if (typeof capacity !== 'number' || !isLowered(before, capacity)) return
  const { taken } = await seatingOf(tx, ctx, before.id)
  if (capacity < taken) throw new DomainError('class.capacity_below', { taken })
}

interface Moved {
  before: ClassRow
  roomId: string | null | undefined
}
export function meetingsWhere(classes: readonly Moved[]) {
  const moved = classes.filter(({ before, roomId }) => roomId && before.roomId !== roomId)
  const ids = new Set(moved.map(({ before }) => before.id))
  return {
    rooms: [...new Set(moved.flatMap(({ roomId }) => roomId ?? []))],
    isOwn: ({ classId }: Booking) => ids.has(classId),
  }
}

export const updateClass = (
  ctx: MutationContext,
  { id, version, academicSessionIds, overrideReason, ...fields }: UpdateClassInput,
) =>
  mutate(
    ctx,
    { deed: 'change', about: 'class' },
    async (tx) => {
      const before = await seenRecord(tx, classKind, ctx, { id, version })
      await requireReferences(tx, ctx.school.id, classKind, fields, before)
      await checkCapacity(tx, ctx, before, fields.capacity)
      const moved = academicSessionIds ? await writeTerms(tx, ctx, new Map([[id, academicSessionIds]])) : []
      const change = () => changeRows(tx, classKind, [before], fields, () => moved.length > 0)
      const changed = await writeHolding(
        tx,
        ctx,
        meetingsWhere([{ before, roomId: fields.roomId }]),
        overrideReason,
        change,
      )
      return [...changed, ...moved, ...(await promoteWaiting(tx, ctx, id))]
    },
    (tx) => readClass(tx, ctx, id),
  )
