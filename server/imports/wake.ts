import type { Database } from '../../db/database.ts'

const sleepers = new WeakMap<Database, () => void>()

/** In this process somebody has given the imports work. Other processes find it by themselves. */
export const wake = (db: Database): void => sleepers.get(db)?.()

export function onWake(db: Database, listener: () => void): () => void {
  sleepers.set(db, listener)
  return () => void sleepers.delete(db)
}
