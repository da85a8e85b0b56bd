/** After each mutation the screens ask again for the records that its answer names. */
import type { Operation, TRPCClientError, TRPCLink } from '@trpc/client'
import { tap } from '@trpc/server/observable'
import type { AppRouter } from '../../server/router.ts'
import { knownError } from '../errors.ts'
import type { Api } from '../trpc.ts'
import { keepAnswer } from './answers.ts'
import type { Change } from './changes.ts'
import { changesNamedBy } from './changes.ts'
import type { MutationName } from './reads.ts'
import { unjournaled } from './reads.ts'
import { refresh, refreshAll, refreshQueries } from './refresh.ts'

const made = new Set<string>()
/** Mutations without an answer yet, each with the changes that the news has told of it. */
const waiting = new Map<string, Change[]>()

/** Whether a mutation of this page made the change, so that its answer brings it into the screens. */
export function isLeftToAnswer(operationId: string, change: Change): boolean {
  waiting.get(operationId)?.push(change)
  return made.has(operationId)
}

const running = new WeakMap<object, Promise<void>>()
export const refreshed = ({ queryClient }: Api): Promise<void> => running.get(queryClient) ?? Promise.resolve()

function answered(api: Api, { path, input }: Operation, answer: unknown, response: Response | undefined) {
  const here = { answered: keepAnswer(api, { path, input, answer }) }
  const changes = changesNamedBy(response)
  const asked = changes ? refresh(api, changes, here) : refreshAll(api)
  // Screens that are not shown must not keep what was erased.
  if (path.endsWith('.erase')) api.queryClient.removeQueries({ type: 'inactive' })
  return asked
}

/** These refusals mean that the screen is out of date. */
const isOutdated = ({ code, reason }: { code: string; reason: string }): boolean =>
  ['not_found', 'conflict', 'stale'].includes(code) && reason !== 'record.in_use'

function refused(api: Api, key: string, error: TRPCClientError<AppRouter>) {
  const known = knownError(error)
  if (known && isOutdated(known)) return refreshAll(api)
  // Nobody knows whether the change was made. If it was, the news brings it in.
  made.delete(key)
  return refresh(api, waiting.get(key) ?? [])
}

const responseIn = (context: Record<string, unknown> | undefined) => context?.response as Response | undefined

export const refreshing =
  (apiOf: () => Api): TRPCLink<AppRouter> =>
  () =>
  ({ op, next }) => {
    if (op.type !== 'mutation') return next(op)
    const note = (asked: Promise<void>) => void running.set(apiOf().queryClient, asked)
    const names = unjournaled[op.path as MutationName<'session'>]
    if (names) {
      const again = () => note(refreshQueries(apiOf(), names))
      return next(op).pipe(tap({ next: again, error: again }))
    }
    const key = String(op.context.key)
    made.add(key)
    waiting.set(key, [])
    return next(op).pipe(
      tap({
        next({ result, context }) {
          if ('data' in result) note(answered(apiOf(), op, result.data, responseIn(context)))
          waiting.delete(key)
        },
        error(error) {
          note(refused(apiOf(), key, error))
          waiting.delete(key)
        },
      }),
    )
  }
