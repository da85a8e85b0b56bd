import { countHits } from '../auth/rate-limit.ts'
import { DomainError } from '../errors.ts'
import type { RequestContext } from '../trpc.ts'

const windowMs = 60_000
/** A process takes so many writes at a time from the counter in the database, so that few writes cost a second commit. */
const takenAtOnce = 20
/** A write of many records counts once more for each so many. */
export const recordsPerWrite = 100

interface Taken {
  left: number
  /** In ms since 1970. Nothing that was taken counts after it. */
  until: number
  isUsedUp: boolean
}

/** Bounds what one person writes in a minute, over all processes, so that nobody keeps a school's lock to themselves. */
export class WriteLimit {
  readonly #perMinute: number
  readonly #taken = new Map<string, Taken>()

  constructor(perMinute: number) {
    this.#perMinute = perMinute
  }

  /** Throws `write.too_many` with the seconds to wait. */
  async count(ctx: Pick<RequestContext, 'db' | 'now'>, key: string): Promise<void> {
    const now = ctx.now.getTime()
    const known = this.#taken.get(key)
    const isCurrent = known && now < known.until && now >= known.until - 2 * windowMs
    const taken = isCurrent ? known : { left: 0, until: 0, isUsedUp: false }
    this.#taken.set(key, taken)
    if (taken.left < 1 && !taken.isUsedUp) await this.#take(ctx, key, taken)
    if (taken.left < 1) throw new DomainError('write.too_many', { retryAfter: Math.ceil((taken.until - now) / 1000) })
    taken.left--
  }

  async #take(ctx: Pick<RequestContext, 'db' | 'now'>, key: string, taken: Taken): Promise<void> {
    const hits = Math.max(takenAtOnce, 1 - taken.left)
    const counted = await countHits(ctx, key, { windowMs, hits })
    taken.until = counted.windowStart.getTime() + windowMs
    taken.left += Math.max(0, Math.min(hits, this.#perMinute - counted.hits + hits))
    taken.isUsedUp = counted.hits >= this.#perMinute
  }

  counting(ctx: RequestContext): RequestContext {
    let key = ''
    return {
      ...ctx,
      countWrite: (userId, kind) => {
        key = `${kind}:${userId}`
        return this.count(ctx, key)
      },
      onChanged: (records) => {
        ctx.onChanged?.(records)
        const taken = this.#taken.get(key)
        if (taken) taken.left -= Math.floor(records.length / recordsPerWrite)
      },
    }
  }
}
