/** A SQLite file says itself that its register moves to PostgreSQL, or has moved: whatever opens it to write finds that. */
import type BetterSqlite from 'better-sqlite3'

/** While it is 'deciding', PostgreSQL may be the register already. */
export type SourceState = 'moving' | 'deciding' | 'moved'
/** One row of the file's table `move`. */
export interface SourceMove {
  id: string
  state: SourceState
  /** For people: the server and the database, without a password. */
  target: string
}

const hasMove = (client: BetterSqlite.Database): boolean =>
  client.prepare(`select 1 from sqlite_schema where type = 'table' and name = 'move'`).get() !== undefined

/** Undefined where no move was begun. */
export const moveOf = (client: BetterSqlite.Database): SourceMove | undefined =>
  hasMove(client) ? (client.prepare('select id, state, target from move').get() as SourceMove | undefined) : undefined

const between = (target: string) =>
  `This register changes over to PostgreSQL (${target}), and takes no changes meanwhile: run npx homeroom move once more`

const sentences: Record<SourceState, (target: string) => string> = {
  moving: (target) =>
    `This register is on its way to PostgreSQL (${target}), and takes no changes meanwhile: run npx homeroom move to go on, or npx homeroom move stop to stay with the file`,
  deciding: between,
  moved: (target) =>
    `This register has moved to PostgreSQL (${target}), and the file stays as it was then: set DATABASE_URL to that database`,
}
/** A sentence for whoever looks at the file, where it is not the register any more, or not yet again. */
export function movedSentence(client: BetterSqlite.Database): string | undefined {
  const move = moveOf(client)
  return move && sentences[move.state](move.target)
}

/** Throws a sentence where the file is not the register any more, or not yet again. */
export function refuseMoved(client: BetterSqlite.Database): void {
  const sentence = movedSentence(client)
  if (sentence) throw new Error(sentence)
}
