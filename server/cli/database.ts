import type { Database } from '../../db/database.ts'
import { migrate } from '../../db/migrate.ts'
import { open } from '../../db/open.ts'
import { migrations } from '../runtime/folders.ts'
import { complain } from './terminal.ts'

/** Migrates the database of DATABASE_URL first, and closes it afterwards. */
export async function withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  const { made, copy, unvalidated = [] } = await migrate(migrations)
  if (made) complain(made)
  if (copy) complain(`The database was brought up to this version. A copy from before is at ${copy}`)
  for (const reason of unvalidated) complain(reason)
  const db = await open()
  try {
    return await work(db)
  } finally {
    await db.close()
  }
}
