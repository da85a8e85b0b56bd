/** Everything that is filled for older rows. One that a step names, and those that every register has done, stay for two releases. */
import { ofOwners, refolding } from '../kinds.ts'
import type { Backfill } from './backfill.ts'

export const declaredBackfills: readonly Backfill[] = [
  { name: 'journal_owners', since: '0009_operation_number_and_deed', ...ofOwners },
  { name: 'folded_names', since: '0016_number_order', ...refolding },
]
