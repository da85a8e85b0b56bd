/** Somebody who saves all the time and looks at what was saved, by the client of our screens without its second tries. */
import { setTimeout as sleep } from 'node:timers/promises'
import { createTRPCClient, httpBatchLink, httpLink, splitLink } from '@trpc/client'
import { newId } from '../../../db/kit.ts'
import type { AppRouter } from '../../../server/router.ts'
import { call } from '../../setup/server.ts'

export async function signIn(url: string, who: { email: string; password: string }): Promise<string> {
  const answer = await call(url, 'session.create', { input: who, headers: { 'idempotency-key': newId() } })
  if (answer.status !== 200) throw new Error(await answer.text())
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

function clientOf(url: string, cookie: string, school: string) {
  const headers = { cookie, origin: url, 'x-school': school }
  const shared = { url: `${url}/trpc` }
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === 'mutation',
        true: httpLink({
          ...shared,
          headers: ({ op }) => ({ ...headers, 'idempotency-key': String(op.context.key) }),
        }),
        false: httpBatchLink({ ...shared, headers, methodOverride: 'POST', maxItems: 20 }),
      }),
    ],
  })
}

/** In ms. A dozen who never pause would leave no other process its turn to write. */
const pause = 50

export class Teacher {
  readonly keys: string[] = []
  /** In ms. */
  readonly took: number[] = []
  readonly errors: string[] = []
  stale = 0
  readonly #name: string
  readonly #client: ReturnType<typeof clientOf>
  #isOver = false

  constructor(name: string, { url, cookie, school }: { url: string; cookie: string; school: string }) {
    this.#name = name
    this.#client = clientOf(url, cookie, school)
  }

  async work(): Promise<void> {
    for (let n = 1; !this.#isOver; n++, await sleep(pause))
      await this.#save(`${this.#name} ${n}`).catch((error: Error) =>
        this.errors.push(`${error.message} ${error.cause}`),
      )
  }
  stop(): void {
    this.#isOver = true
  }

  async #save(name: string): Promise<void> {
    const { rooms } = this.#client
    const key = newId()
    const began = performance.now()
    const { id } = await rooms.create.mutate({ name }, { context: { key } })
    this.took.push(performance.now() - began)
    this.keys.push(key)
    const [one, again] = await Promise.all([rooms.get.query({ id }), rooms.get.query({ id })])
    if (one.name !== name || again.name !== name) this.stale++
  }
}
