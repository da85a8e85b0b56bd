import type { SQL } from 'drizzle-orm'
import { and, eq, gt, like, lte, or, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { noSchool } from '../../db/database.ts'
import { rateLimits } from '../../db/schema/index.ts'
import { DomainError } from '../errors.ts'
import { clocksDiffer } from '../journal/append.ts'
import type { RequestContext } from '../trpc.ts'

export const attemptsMs = 15 * 60_000

/** One customer of an IPv6 provider holds a whole /64 network. */
export function networkOf(address: string): string {
  const v4 = /(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1]
  if (v4 || !address.includes(':')) return v4 ?? address
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? []
  const groups = head.split(':').filter(Boolean)
  const missing = tail === undefined ? 0 : 8 - groups.length - tail.split(':').filter(Boolean).length
  return [...groups, ...Array<string>(missing).fill('0'), ...(tail ?? '').split(':').filter(Boolean)]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}

/** In ms. Half of a limit's attempts are answered at once, the others ever later, so that guessing is slow before it is refused. */
export const longestDelay = 4_000
const delayStep = 250
const delayOf = (hits: number, limit: number) => Math.min(longestDelay, delayStep * Math.max(0, hits - limit / 2))

/** A window that begins later than clocks differ was begun by a clock that was ahead: it is over, or it would last until that day. */
const isOver = (now: Date, windowMs: number) =>
  or(
    lte(rateLimits.windowStart, new Date(now.getTime() - windowMs)),
    gt(rateLimits.windowStart, new Date(now.getTime() + clocksDiffer)),
  ) as SQL

interface Counted {
  hits: number
  windowStart: Date
}
export async function countHits(
  { db, now }: Pick<RequestContext, 'db' | 'now'>,
  key: string,
  { windowMs, hits }: { windowMs: number; hits: number },
): Promise<Counted> {
  const over = isOver(now, windowMs)
  const isAhead = gt(rateLimits.windowStart, now)
  const start = sql.param(now, rateLimits.windowStart)
  const row = await db.transaction(noSchool, async (tx) => {
    const [counted] = await tx
      .insert(rateLimits)
      .values({ key, windowStart: now, hits })
      .onConflictDoUpdate({
        target: rateLimits.key,
        set: {
          hits: sql`case when ${over} then ${hits} else ${rateLimits.hits} + ${hits} end`,
          windowStart: sql`case when ${over} or ${isAhead} then ${start} else ${rateLimits.windowStart} end`,
        },
      })
      .returning()
    return counted
  })
  return row ?? { hits, windowStart: now }
}

export type Counting = Pick<RequestContext, 'db' | 'now' | 'pause'>
/** Throws with the seconds to wait after `limit` attempts in 15 minutes. */
export async function countAttempt(ctx: Counting, key: string, limit: number): Promise<void> {
  const { hits, windowStart } = await countHits(ctx, key, { windowMs: attemptsMs, hits: 1 })
  if (hits <= limit) return ctx.pause(delayOf(hits, limit))
  const retryAfter = Math.ceil((windowStart.getTime() + attemptsMs - ctx.now.getTime()) / 1000)
  throw new DomainError('session.too_many_attempts', { retryAfter })
}

export async function uncountAttempt(tx: Transaction, key: string): Promise<void> {
  await tx
    .update(rateLimits)
    .set({ hits: sql`${rateLimits.hits} - 1` })
    .where(and(eq(rateLimits.key, key), gt(rateLimits.hits, 0)))
}

export async function forgetAttempts(tx: Transaction, key: string, now: Date): Promise<void> {
  await tx.delete(rateLimits).where(or(like(rateLimits.key, `${key}%`), isOver(now, attemptsMs)))
}
