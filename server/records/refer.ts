import type { Transaction } from '../../db/database.ts'
import type { Kind, RecordTable } from './kind.ts'
import { currentRecord } from './write.ts'

/** A record may be chosen for another only while it is in use; one chosen before may stay, archived or not. */
export async function refersToCurrent<T extends RecordTable>(
  tx: Transaction,
  kind: Kind<T>,
  schoolId: number,
  chosen: string | null | undefined,
  before: string | null | undefined,
): Promise<void> {
  if (chosen && chosen !== before) await currentRecord(tx, kind, schoolId, chosen)
}
