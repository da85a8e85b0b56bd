/** The entry of a record that is cleaned is an erasure: it has no values, and those before it are deleted. */
import type { Database } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { canonical, sha256 } from '../../canonical.ts'
import type { MutationContext, School } from '../../context.ts'
import { Bulk, inBatches } from '../../journal/bulk.ts'
import { forgetRecords } from '../../journal/forget.ts'
import { kinds } from '../../kinds.ts'
import { forgetImports } from '../../records/forget-imports.ts'
import { rowsWith } from '../../records/kind.ts'
import { replaceRows } from '../../records/write.ts'
import type { Asked, Held } from './held-secrets.ts'
import { heldSecrets, Sought } from './held-secrets.ts'

/** Takes them out of the school's records and out of its journal, which then keeps no values of these records from before. */
export async function forgetSecrets(db: Database, school: School, asked: Asked, now: Date): Promise<Held[]> {
  const inputHash = sha256(canonical({ ...asked }))
  const operation = { id: newId(), procedure: 'journal.forgetSecrets', inputHash, way: 'cli' as const }
  const actor = { userId: null, role: 'administrator' as const, instructorId: null }
  const ctx: MutationContext = { db, school, actor, now, operation }
  const sought = new Sought(asked)
  return db.transaction(school.id, async (tx) => {
    // A finding may quote the cell that it is about.
    await forgetImports(tx, ctx)
    const { held, ids } = await heldSecrets(tx, school.id, asked)
    if (!held.length) return held
    const bulk = await Bulk.begin(tx, school.id, { ...operation, actorId: null, deed: 'change', about: null, at: now })
    for (const [entity, those] of ids)
      for (const batch of inBatches(those)) {
        const kind = kinds[entity]
        const rows = await rowsWith(tx, kind, school.id, 'id', batch)
        const edits = rows.map((before) => ({ before, fields: sought.without(before) }))
        const changes = await replaceRows(tx, kind, edits, () => true)
        await forgetRecords(tx, ctx, entity, batch)
        await bulk.tell(changes.map((change) => ({ ...change, isErasure: true as const })))
      }
    return held
  })
}
