import { sql } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'

const patienceMs = 1000
/** In ms. A database that has answered so lately is only busy, not away. */
const lately = 3000

/** Several who ask at once share one question. */
export function createReadiness(db: Database): () => Promise<boolean> {
  let asking: Promise<boolean> | undefined
  const isOnlyBusy = () => db.waiting() > 0 && performance.now() - db.condition.lastWorked < lately
  const ask = () =>
    db
      .rows(sql`select 1`)
      .then(() => true, isOnlyBusy)
      .finally(() => {
        asking = undefined
      })
  return async () => {
    asking ??= ask()
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<boolean>((resolve) => {
      // A process that was held up first reads what the database has answered meanwhile.
      timer = setTimeout(() => setImmediate(() => resolve(isOnlyBusy())), patienceMs)
    })
    try {
      return await Promise.race([asking, late])
    } finally {
      clearTimeout(timer)
    }
  }
}
