import { sql } from 'drizzle-orm'
import type { Reader } from './database.ts'
import { compatibleLedger, ledger } from './migration-ledger.ts'

export async function isApplied(db: Reader, step: string): Promise<boolean> {
  const rowOf = (table: string) => sql`select name from ${sql.identifier(table)} where name = ${step}`
  return (await db.rows(sql`${rowOf(ledger)} union all ${rowOf(compatibleLedger)}`)).length > 0
}
