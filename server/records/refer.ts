import type { Transaction } from '../../db/database.ts'
import type { FieldsOf, RecordTable, References, Referred, RowOf } from './kind.ts'
import { fieldsThatRefer } from './kind.ts'
import { currentRecord } from './write.ts'

/** A record may be chosen for another only while it is in use; one chosen before may stay, archived or not. */
export async function refersToCurrent(
  tx: Transaction,
  kind: Referred,
  schoolId: number,
  chosen: string | null | undefined,
  before: string | null | undefined,
): Promise<void> {
  if (chosen && chosen !== before) await currentRecord(tx, kind, schoolId, chosen)
}

/** The same of every field that names another record. */
export async function requireReferences<T extends RecordTable>(
  tx: Transaction,
  schoolId: number,
  references: References<T>,
  fields: FieldsOf<T>,
  before?: RowOf<T>,
): Promise<void> {
  const chosen = fields as Record<string, string | null | undefined>
  for (const [field, kind] of fieldsThatRefer(references))
    await refersToCurrent(tx, kind, schoolId, chosen[field], before?.[field] as string | null | undefined)
}
