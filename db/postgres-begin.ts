import type postgres from 'postgres'
import { isLostConnection } from './errors.ts'
import { Scope } from './scope.ts'

/** The client of a transaction, whose every statement asks the scope first and reports its failure. */
function guarded(own: postgres.TransactionSql, scope: Scope): postgres.Sql {
  const { unsafe } = own
  own.unsafe = ((...args: Parameters<typeof unsafe>) => {
    scope.admit()
    const query = unsafe(...args)
    const send = query.then.bind(query)
    // biome-ignore lint/suspicious/noThenProperty: a postgres.js query is lazy, and what awaits it must send it through the scope
    query.then = (done, failed) =>
      scope.follow((sent, refused) => void send(sent as typeof done, refused)).then(done as never, failed)
    return query
  }) as typeof unsafe
  return own as unknown as postgres.Sql
}

/** How far a transaction came; once it commits, a lost connection leaves open whether it did. */
export interface Progress {
  committing: boolean
}

/**
 * postgres.js's `begin`, made safe for a connection that is lost on the way. Left alone, postgres.js sends what comes
 * next (the statements of `work`, its own rollback) on the lost connection: the process dies of it, or, when the
 * connection has been opened again by then, it lands in another transaction.
 */
export async function begin<T>(
  client: postgres.Sql,
  mode: string,
  progress: Progress,
  work: (own: postgres.Sql) => Promise<T>,
): Promise<T> {
  const scope = new Scope()
  let running: Promise<T> | undefined
  const run = (own: postgres.TransactionSql) => {
    const started = scope.run(() => work(guarded(own, scope)))
    running = started
    return new Promise<T>((resolve, reject) => {
      const commit = (result: T) => {
        progress.committing = true
        resolve(result)
      }
      // After a lost connection this promise never settles, so postgres.js sends no rollback; it rejects by itself.
      const rollback = (error: unknown) => {
        if (!isLostConnection(scope.failure)) reject(error)
      }
      started.then(commit, rollback)
    })
  }
  try {
    return (await client.begin(mode, run)) as T
  } catch (error) {
    if (isLostConnection(error) && !progress.committing) {
      scope.abandon(error)
      await running?.catch(() => {})
    }
    throw error
  }
}
