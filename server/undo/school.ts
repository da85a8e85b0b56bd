import type { Transaction } from '../../db/database.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Change } from '../journal/entry.ts'
import type { SchoolFields } from '../schools/update.ts'
import { schoolRow, writeSchool } from '../schools/update.ts'
import { changedSince } from './refusals.ts'
import type { Entry } from './reverts.ts'
import { standingAgain } from './standing.ts'

export const isOfSchool = ({ entity }: Pick<Entry, 'entity'>): boolean => entity === 'school'

/** Writes the settings back. Throws `undo.impossible` for the operation that made the school, `undo.changed` after another. */
export async function undoSettings(
  tx: Transaction,
  ctx: MutationContext,
  entries: readonly Entry[],
): Promise<Change[]> {
  const [entry, ...others] = entries
  if (!entry?.before || others.length) throw new DomainError('undo.impossible')
  const row = await schoolRow(tx, ctx.school.id)
  const isSame = row.version === entry.version || (await standingAgain(tx, ctx, 'school', [entry])).has(entry.id)
  if (!isSame) throw await changedSince(tx, ctx, [{ entity: 'school', id: entry.id }])
  return writeSchool(tx, row, entry.before as SchoolFields)
}
