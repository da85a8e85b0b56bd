import type { LastingTrouble } from '../../db/condition.ts'
import type { Database } from '../../db/database.ts'
import type { Log, Sentence } from './logging.ts'
import { described } from './logging.ts'

const sentences: Record<LastingTrouble, { begins: Sentence; over: Sentence }> = {
  away: { begins: 'the database is away', over: 'the database answers again' },
  full: { begins: 'the disk of the database is full', over: 'the disk of the database has room again' },
  readOnly: { begins: 'the database takes no changes', over: 'the database takes changes again' },
}

/** The log has one line when a trouble begins and one when it is over. */
export function sayTroubles({ condition }: Database, log: Log): void {
  condition.watch(({ trouble, isOver, error, ms, failed }) => {
    const { begins, over } = sentences[trouble]
    if (isOver) log.info({ duration_ms: ms, failed }, over)
    else log.warn({ error: described(error) }, begins)
  })
}
