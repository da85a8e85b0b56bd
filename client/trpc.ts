/** What the server takes and answers, and how a call goes out to it. */
import type { QueryClient } from '@tanstack/react-query'
import type { Operation, TRPCClientError, TRPCLink } from '@trpc/client'
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import { observable } from '@trpc/server/observable'
import type { TRPCOptionsProxy } from '@trpc/tanstack-react-query'
import { v7 as newKey } from 'uuid'
import type { AppRouter } from '../server/router.ts'
import { answerTo, isUnknownToOlder, knownError } from './errors.ts'
import { confirmed, noteEnded, signedInAgain, signIns } from './signed-out.ts'

export type Inputs = inferRouterInputs<AppRouter>
export type Outputs = inferRouterOutputs<AppRouter>

export interface Api {
  trpc: TRPCOptionsProxy<AppRouter>
  queryClient: QueryClient
}

const triesMax = 8
/** About 17 seconds in all: a restart, or a database that is away for a moment. Jitter, so that a school's tabs don't return in step. */
const pause = (tries: number) => Math.min(300 * 2 ** tries, 4_000) * (0.75 + Math.random() / 2)
/** As long as a server may have us wait, in ms. */
const longestWait = 30_000

/** Not before the server wants us back, and not all in the same second. */
function pauseAfter(error: TRPCClientError<AppRouter>, tries: number): number {
  const told = Number(answerTo(error)?.headers.get('retry-after')) * 1000 || 0
  return Math.max(pause(tries), Math.min(told, longestWait) * (1 + Math.random() / 2))
}

/** No answer at all, or one of a proxy's, a closing server's, or of one that is to be replaced. */
function isTransient(error: TRPCClientError<AppRouter>): boolean {
  if (isUnknownToOlder(error)) return true
  const status = answerTo(error)?.status
  if (status === undefined) return !error.data && error.cause?.name !== 'AbortError'
  return status === 502 || status === 503 || status === 504
}

/** Signing in, out and setting up set a cookie: the server answers them once. */
const isOnce = ({ type, path }: Operation) => type === 'mutation' && /^(session|setup|invitation)\./.test(path)
/** It tells a link once: sent again, it would be refused, or told to nobody. */
const tellsLink = ({ path }: Operation) => path === 'members.invite' || path === 'members.resetPassword'
/** What was sent away before it began can be sent again, whatever it is. */
const mayHaveBegun = (error: TRPCClientError<AppRouter>) =>
  !isUnknownToOlder(error) && knownError(error)?.reason !== 'server.busy'

/** A mutation's key is made here, once; sending it again below keeps it. It becomes the operation's id. */
export const underOneKey: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) => {
    if (op.type !== 'mutation') return next(op)
    return next({ ...op, context: { ...op.context, key: newKey() } })
  }

/** tRPC tells every page's direction; our lists only go forward, and their inputs are strict. */
export const withoutDirection: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) => {
    if (op.type !== 'query' || typeof op.input !== 'object' || op.input === null) return next(op)
    const { direction: _, ...input } = op.input as { direction?: string }
    return next({ ...op, input })
  }

const refusedRights = new Set(['permission.missing', 'school.not_found'])
let onRefused: () => void = () => undefined
/** `work` runs when a call was refused for want of rights: they may have changed since this page was told of them. */
export function onRightsRefused(work: () => void): void {
  onRefused = work
}

/**
 * Sends a call again after a broken connection, and after the person has signed in again; but not a quiet one, which nobody
 * asked for and which is made again in a while anyway.
 */
export const sentAgain: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) =>
    observable((observer) => {
      let tries = 0
      let sentAfter = 0
      /** It may have been saved: no later failure makes that certain again. */
      let unsure: TRPCClientError<AppRouter> | undefined
      let isOver = false
      let timer: ReturnType<typeof setTimeout> | undefined
      let sent: { unsubscribe(): void } | undefined
      const refused = (error: TRPCClientError<AppRouter>) => {
        if (isOver) return
        if (refusedRights.has(knownError(error)?.reason ?? '')) onRefused()
        if (knownError(error)?.reason === 'database.unsure') unsure = error
        const isEnded = knownError(error)?.reason === 'session.missing' && op.path !== 'session.remove'
        if (isEnded) noteEnded(sentAfter)
        if (op.context.isQuiet) observer.error(error)
        else if (isEnded) void signedInAgain(sentAfter).then(send)
        else if (knownError(error)?.reason === 'session.unconfirmed')
          void confirmed(sentAfter).then((isIn) => (isIn ? send() : observer.error(error)))
        else if (!isTransient(error) || tries >= triesMax || ((isOnce(op) || tellsLink(op)) && mayHaveBegun(error)))
          observer.error(isTransient(error) ? (unsure ?? error) : error)
        else timer = setTimeout(send, pauseAfter(error, tries++))
      }
      const send = () => {
        if (isOver) return
        sentAfter = signIns()
        sent = next(op).subscribe({
          next: (value) => observer.next(value),
          complete: () => observer.complete(),
          error: refused,
        })
      }
      send()
      return () => {
        isOver = true
        clearTimeout(timer)
        sent?.unsubscribe()
      }
    })
