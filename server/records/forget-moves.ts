import type { Transaction } from '../../db/database.ts'
import { moves } from '../../db/schema/index.ts'

/** What PostgreSQL would refuse is told with its value, which may be of a person who is erased. */
export async function forgetMoves(tx: Transaction): Promise<void> {
  await tx.update(moves).set({ found: [] })
}
