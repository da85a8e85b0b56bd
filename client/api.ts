/** How the screens reach the server: one client and one cache per school, so that two tabs on two schools never mix. */
import { QueryClient } from '@tanstack/react-query'
import type { TRPCLink } from '@trpc/client'
import { createTRPCClient, httpBatchLink, httpLink, splitLink } from '@trpc/client'
import { tap } from '@trpc/server/observable'
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query'
import type { AppRouter } from '../server/router.ts'
import { isUnattended } from './activity.ts'
import { onReturn, watchedFetch } from './connection.ts'
import { onePress } from './one-press.ts'
import { refreshing } from './refresh/link.ts'
import type { Api } from './trpc.ts'
import { sentAgain, underOneKey, withoutDirection } from './trpc.ts'
import { noteAnswer } from './undo/own-operations.ts'

/** What was done can be taken back by Ctrl+Z. */
const noted =
  (school: string | null): TRPCLink<AppRouter> =>
  () =>
  ({ op, next }) =>
    op.type !== 'mutation' || school === null
      ? next(op)
      : next(op).pipe(
          tap({
            next: ({ result }) => {
              if ('data' in result) noteAnswer(school, String(op.context.key), op.path, op.input, result.data)
            },
          }),
        )

let pageOf: () => string | undefined = () => undefined
/** Calls go out in the name of whose page this is, and of nobody who signs in beside it. */
export function callFor(person: () => string | undefined): void {
  pageOf = person
}

/** Each call says which school and whose page it comes from. */
export function headersFor(school: string | null): Record<string, string> {
  const person = pageOf()
  return {
    'x-app-version': __APP_VERSION__,
    ...(school !== null && { 'x-school': school }),
    ...(person && { 'x-person': person }),
    ...(isUnattended() && { 'x-unattended': '1' }),
  }
}

function makeClient(school: string | null) {
  const headers = () => headersFor(school)
  const shared = {
    url: '/trpc',
    fetch: (input: RequestInfo | URL | string, init?: object) => watchedFetch(input, init),
  }
  return createTRPCClient<AppRouter>({
    links: [
      onePress,
      underOneKey,
      noted(school),
      refreshing(() => apiOf(school)),
      withoutDirection,
      sentAgain,
      splitLink({
        condition: ({ type }) => type === 'mutation',
        true: httpLink({
          ...shared,
          headers: ({ op }) => ({ ...headers(), 'idempotency-key': String(op.context.key) }),
        }),
        // By POST, so that names never stand in URLs.
        false: httpBatchLink({ ...shared, headers, methodOverride: 'POST', maxItems: 20 }),
      }),
    ],
  })
}

function makeApi(school: string | null): Api {
  const queryClient = new QueryClient({
    defaultOptions: {
      // Retries happen in the links, where a mutation keeps its key.
      queries: { staleTime: 30_000, retry: false, networkMode: 'always' },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
  onReturn(() => {
    void queryClient.refetchQueries({ predicate: ({ state }) => state.status === 'error' })
  })
  return { queryClient, trpc: createTRPCOptionsProxy<AppRouter>({ client: makeClient(school), queryClient }) }
}

const apis = new Map<string | null, Api>()
/** The API in the school of this slug; null for what belongs to no school. */
export function apiOf(school: string | null): Api {
  const known = apis.get(school) ?? makeApi(school)
  apis.set(school, known)
  return known
}
