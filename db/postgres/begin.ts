import type postgres from 'postgres'
import { isLostConnection, UnavailableError } from '../errors.ts'
import { Scope } from '../scope.ts'

/** How long a server may owe us an answer, in ms, and what to do when it does for longer, again and again. */
export interface Patience {
  begin: number
  answer: number
  overdue(): void
}
const endless: Patience = { begin: 0, answer: 0, overdue() {} }

/** Calls `overdue` each time `patience.answer` has passed, until the answer of this function is called. */
function owed({ answer, overdue }: Patience): () => void {
  if (!answer) return () => {}
  const timer = setInterval(overdue, answer)
  return () => clearInterval(timer)
}

type Unsafe = postgres.Sql['unsafe']

/** The client of a transaction, whose every statement asks the scope first and reports its failure. */
function guarded(own: postgres.TransactionSql, scope: Scope, patience: Patience): postgres.Sql {
  const { unsafe } = own
  own.unsafe = ((...args: Parameters<typeof unsafe>) => {
    scope.admit()
    const query = unsafe(...args)
    const send = query.then.bind(query)
    const followed = () => {
      const answered = owed(patience)
      return scope.follow((sent, refused) => void send(sent as never, refused)).finally(answered)
    }
    // biome-ignore lint/suspicious/noThenProperty: a postgres.js query is lazy, and what awaits it must send it through the scope
    query.then = (done, failed) => followed().then(done as never, failed)
    return query
  }) as typeof unsafe
  return own as unknown as postgres.Sql
}

/** How far a transaction came; once it commits, a lost connection leaves open whether it did. */
export interface Progress {
  committing: boolean
  /** It was a standby that answered. */
  onStandby?: true
}

/** `late` fails unless `begun` is called in time: postgres.js itself tries for good with one who hangs up on it. */
function begunInTime({ begin: limit }: Patience) {
  let timer: NodeJS.Timeout | undefined
  let tooLate: UnavailableError | undefined
  const late = new Promise<never>((_, reject) => {
    const giveUp = () => {
      tooLate = new UnavailableError('the database does not answer', { trouble: 'away' })
      reject(tooLate)
    }
    if (limit) timer = setTimeout(giveUp, limit)
  })
  const begun = () => {
    clearTimeout(timer)
    if (tooLate) throw tooLate
  }
  return { late, begun, done: () => clearTimeout(timer) }
}

/**
 * postgres.js's `begin`, made safe for a connection that is lost on the way. Left alone, postgres.js sends what comes
 * next (the statements of `work`, its own rollback) on the lost connection: the process dies of it, or, when the
 * connection has been opened again by then, it lands in another transaction. `unguarded` sends a statement even after
 * another has failed.
 */
export async function begin<T>(
  client: postgres.Sql,
  mode: string,
  progress: Progress,
  work: (own: postgres.Sql, unguarded: Unsafe) => Promise<T>,
  patience: Patience = endless,
): Promise<T> {
  const scope = new Scope()
  let running: Promise<T> | undefined
  let ended = () => {}
  const start = begunInTime(patience)
  const run = (own: postgres.TransactionSql) => {
    start.begun()
    const { unsafe } = own
    const started = scope.run(() => work(guarded(own, scope, patience), unsafe))
    running = started
    return new Promise<T>((resolve, reject) => {
      const commit = (result: T) => {
        progress.committing = true
        ended = owed(patience)
        resolve(result)
      }
      // After a lost connection this promise never settles, so postgres.js sends no rollback; it rejects by itself.
      const rollback = (error: unknown) => {
        if (isLostConnection(scope.failure) || isLostConnection(error)) return
        ended = owed(patience)
        reject(error)
      }
      started.then(commit, rollback)
    })
  }
  try {
    return (await Promise.race([client.begin(mode, run), start.late])) as T
  } catch (error) {
    if (isLostConnection(error) && !progress.committing) {
      scope.abandon(error)
      await running?.catch(() => {})
    }
    throw error
  } finally {
    start.done()
    ended()
  }
}
