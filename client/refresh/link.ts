/** After each mutation, the screens ask again for what its answer says was changed. */
import type { Operation, TRPCClientError, TRPCLink } from '@trpc/client'
import { tap } from '@trpc/server/observable'
import type { AppRouter } from '../../server/router.ts'
import { knownError } from '../errors.ts'
import type { Api } from '../trpc.ts'
import { keepAnswer } from './answers.ts'
import { changesNamedBy } from './changes.ts'
import type { MutationName } from './reads.ts'
import { unjournaled } from './reads.ts'
import { refresh, refreshAll, refreshQueries } from './refresh.ts'

const own = new Set<string>()
/** Whether this page made the change: what shows it asks again when the answer comes, or has done so. */
export const isRefreshedHere = (operationId: string): boolean => own.has(operationId)

const running = new WeakMap<object, Promise<void>>()
/** Resolves when the screens show what was changed here last. */
export const refreshed = ({ queryClient }: Api): Promise<void> => running.get(queryClient) ?? Promise.resolve()

const keyOf = ({ context }: Operation) => String(context.key)

function answered(api: Api, { path, input }: Operation, answer: unknown, response: Response | undefined) {
  const here = { answered: keepAnswer(api, { path, input, answer }) }
  const changes = changesNamedBy(response)
  const asked = changes ? refresh(api, changes, here) : refreshAll(api)
  // What this tab still holds of somebody erased, on screens that are not shown, goes too.
  if (path.endsWith('.erase')) api.queryClient.removeQueries({ type: 'inactive' })
  return asked
}

/** The register is not what the screen shows. */
const isOutdated = ({ code, reason }: { code: string; reason: string }): boolean =>
  ['not_found', 'conflict', 'stale'].includes(code) && reason !== 'record.in_use'

function refused(api: Api, op: Operation, error: TRPCClientError<AppRouter>) {
  const known = knownError(error)
  if (known && isOutdated(known)) return refreshAll(api)
  // Where nobody knows whether it was made, the news of the school tells.
  own.delete(keyOf(op))
  return undefined
}

const responseIn = (context: Record<string, unknown> | undefined) => context?.response as Response | undefined

export const refreshing =
  (apiOf: () => Api): TRPCLink<AppRouter> =>
  () =>
  ({ op, next }) => {
    if (op.type !== 'mutation') return next(op)
    const note = (asked: Promise<void> | undefined) => asked && running.set(apiOf().queryClient, asked)
    const names = unjournaled[op.path as MutationName<'session'>]
    if (names) {
      const again = () => note(refreshQueries(apiOf(), names))
      return next(op).pipe(tap({ next: again, error: again }))
    }
    own.add(keyOf(op))
    return next(op).pipe(
      tap({
        next({ result, context }) {
          if ('data' in result) note(answered(apiOf(), op, result.data, responseIn(context)))
        },
        error: (error) => note(refused(apiOf(), op, error)),
      }),
    )
  }
