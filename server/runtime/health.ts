import { sql } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'

/** In ms. */
const patience = 1000
/** A database that has answered others for so long is not away, though all connections to it are busy. In ms. */
const lately = 3000

/** Asks the database whether it answers, within a second. Several who ask at once share one question. */
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
      timer = setTimeout(() => resolve(isOnlyBusy()), patience)
    })
    try {
      return await Promise.race([asking, late])
    } finally {
      clearTimeout(timer)
    }
  }
}
