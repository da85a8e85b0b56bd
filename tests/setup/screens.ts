/** The client's own cache and links before a real server, with every query on the screen at once, and no browser. */
import type { Query, QueryKey } from '@tanstack/react-query'
import { InfiniteQueryObserver, QueryObserver } from '@tanstack/react-query'
import { expect, vi } from 'vitest'
import type { Person } from '../../server/trpc.ts'
import { signedIn } from './listener.ts'
import { as, db, now, sending } from './people.ts'
import type { Served } from './server.ts'
import { serve } from './server.ts'
import './no-browser.ts'

const realFetch = fetch
const { apiOf } = await import('../../client/api.ts')
const { refreshed } = await import('../../client/refresh/link.ts')

type Fields = Record<string, unknown>
interface Procedure {
  queryOptions(input: object): { queryKey: QueryKey }
  infiniteQueryOptions(input: object, more: object): { queryKey: QueryKey }
  mutationOptions(): { mutationFn(input: object): Promise<Fields> }
}
/** Lists that the screens ask for page by page. */
const paged = new Set(['students.list', 'classes.list', 'guardians.list', 'journal.list', 'journal.ofRecord'])
const pages = { getNextPageParam: ({ next }: { next: unknown }) => next, initialCursor: null }

const within = <T>(tree: unknown, path: string): T => {
  const [feature = '', verb = ''] = path.split('.')
  return (tree as Record<string, Record<string, T>>)[feature]?.[verb] as T
}
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null))

interface Shown {
  path: string
  input: object
  query: Query
}

export class Screens {
  readonly #served: Served
  readonly #person: Person
  readonly #shown: Shown[] = []
  readonly #fetched = new Set<Query>()
  /** Resolves when the server is to be asked again. */
  #mayAsk: Promise<void> = Promise.resolve()
  readonly done = new Set<string>()
  readonly api: ReturnType<typeof apiOf>

  private constructor(served: Served, person: Person, cookie: string, slug: string) {
    this.#served = served
    this.#person = person
    this.api = apiOf(slug)
    vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
      const headers = new Headers(init.headers)
      if (!headers.has('idempotency-key')) await this.#mayAsk
      headers.set('cookie', cookie)
      headers.set('origin', served.url)
      return realFetch(new URL(path, served.url), { ...init, headers })
    })
    this.api.queryClient.getQueryCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'fetch') this.#fetched.add(event.query)
    })
  }

  /** The screens of this person, in their first school. */
  static async open(person: Person): Promise<Screens> {
    const served = await serve(db, { now: () => now, sending })
    const { cookie } = await signedIn(person, now)
    return new Screens(served, person, cookie, person.memberships[0]?.school.slug ?? '')
  }

  async close(): Promise<void> {
    this.api.queryClient.clear()
    vi.unstubAllGlobals()
    await this.#served.close()
  }

  /** Puts what this query answers on the screen, to stay there. */
  show(path: string, input: object): void {
    const procedure = within<Procedure>(this.api.trpc, path)
    const { queryClient } = this.api
    const observer = paged.has(path)
      ? new InfiniteQueryObserver(queryClient, procedure.infiniteQueryOptions(input, pages) as never)
      : new QueryObserver(queryClient, procedure.queryOptions(input))
    observer.subscribe(() => undefined)
    this.#shown.push({ path, input, query: observer.getCurrentQuery() as unknown as Query })
  }

  /** Resolves when all that was asked is answered. */
  async settled(): Promise<void> {
    const { queryClient } = this.api
    await refreshed(this.api)
    while (queryClient.isFetching()) {
      await new Promise<void>((resolve) => {
        const stop = queryClient.getQueryCache().subscribe(() => {
          stop()
          resolve()
        })
      })
    }
  }

  async #fresh({ path, input }: Shown): Promise<unknown> {
    const ask = within<(input: object) => Promise<unknown>>(as(this.#person, { now }), path)
    const answer = await ask(input).catch((error: Error) => ({ refused: error.message }))
    return paged.has(path) ? { pages: [answer], pageParams: [null] } : answer
  }

  /** Makes the change; what it leaves on the screens must be what the server says then. Answers its answer. */
  async write<T = Fields & { id: string; version: number }>(path: string, input: object): Promise<T> {
    await this.settled()
    const before = new Map(this.#shown.map(({ query }) => [query, query.state.data]))
    this.#fetched.clear()
    let open = () => {}
    this.#mayAsk = new Promise<void>((resolve) => {
      open = resolve
    })
    const answer = await within<Procedure>(this.api.trpc, path).mutationOptions().mutationFn(input)
    const atOnce = new Map(this.#shown.map(({ query }) => [query, query.state.data]))
    open()
    await this.settled()
    this.done.add(path)
    for (const one of this.#shown) {
      const { query } = one
      const { error } = query.state
      const data = error ? { refused: error.message } : query.state.data
      const what = `${one.path} ${JSON.stringify(one.input)} after ${path}`
      if (!this.#fetched.has(query)) expect(plain(data), what).toEqual(plain(await this.#fresh(one)))
      else if (!paged.has(one.path) && atOnce.get(query) !== before.get(query))
        expect(plain(atOnce.get(query)), `${what}, at once`).toEqual(plain(data))
    }
    return answer as T
  }
}
