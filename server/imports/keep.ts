import type { Database } from '../../db/database.ts'
import { sweepImports } from './sweep.ts'
import { onWake } from './wake.ts'
import type { WorkOptions } from './work.ts'
import { workOnNext } from './work.ts'

/** In ms. Another process may have been given the work, or may have ended with it half done. */
const lookEvery = 1_000
const sweepEvery = 3_600_000

/** Call the answer to stop. It resolves once nothing of an import is under way in this process. */
export function keepImporting(db: Database, options: WorkOptions): () => Promise<void> {
  let working: Promise<void> | undefined
  let hasFailed = false
  let swept = Number.NEGATIVE_INFINITY
  const sweep = async () => {
    if (performance.now() - swept < sweepEvery) return
    swept = performance.now()
    await sweepImports(db, options.now())
  }
  const workOnAll = async () => {
    await sweep()
    while (!options.isStopping() && (await workOnNext(db, options)));
    hasFailed = false
  }
  const look = () => {
    if (options.isStopping()) return
    working ??= workOnAll()
      // The lease ends by itself. A database that is away is said once.
      .catch((error) => {
        if (!hasFailed) options.log({ error })
        hasFailed = true
      })
      .finally(() => {
        working = undefined
      })
  }
  look()
  const timer = setInterval(look, lookEvery)
  timer.unref()
  const unwake = onWake(db, look)
  return async () => {
    clearInterval(timer)
    unwake()
    await working
  }
}
