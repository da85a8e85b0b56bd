import type { Transaction } from '../../db/database.ts'
import type { MutationContext } from '../context.ts'
import type { Reason } from '../errors.ts'
import { DomainError } from '../errors.ts'
import type { SeenVersion } from '../records/input.ts'
import { seenMany } from '../records/many.ts'
import { Refusals } from '../records/refusals.ts'
import type { EnrollmentRow } from './core.ts'
import { enrollmentCore } from './core.ts'

const reasonAgainst = ({ archivedAt, status }: EnrollmentRow): Reason | undefined => {
  if (archivedAt) return 'enrollment.not_found'
  return status === 'enrolled' || status === 'waitlisted' ? undefined : 'enrollment.not_open'
}

/** Each comes with what `of` makes of it, which must not write. Throws `many.refused` for those that have changed or ended, and where `of` throws. */
export async function openRows<Made>(
  tx: Transaction,
  ctx: MutationContext,
  items: readonly SeenVersion[],
  of: (row: EnrollmentRow) => Promise<Made> | Made,
): Promise<Made[]> {
  const rows = await seenMany(tx, enrollmentCore, ctx, items)
  const refusals = new Refusals(rows.length)
  const made: Made[] = []
  for (const [index, row] of rows.entries())
    await refusals.gather(index, async () => {
      const reason = reasonAgainst(row)
      if (reason) throw new DomainError(reason)
      made.push(await of(row))
    })
  refusals.throwIfAny((index) => rows[index]?.id)
  return made
}
