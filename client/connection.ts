/** Whether the server answers and is heard, and whether it has moved on to a newer version than this page. */
import { makeStore } from './store.ts'
import { isNewer } from './versions.ts'

interface Connection {
  answers: boolean
  online: boolean
  /** The stream of changes is open, was a moment ago, or is not wanted. */
  isHeard: boolean
  newVersion: boolean
}

const connection = makeStore<Connection>({
  answers: true,
  online: navigator.onLine,
  isHeard: true,
  newVersion: false,
})
const returned = new Set<() => void>()
const checkEvery = 2_000
const longestCheck = 10_000
let check: ReturnType<typeof setTimeout> | undefined

function set(change: Partial<Connection>): void {
  const before = connection.get()
  const after = { ...before, ...change }
  connection.set(after)
  if (before.answers && !after.answers) check = setTimeout(askAgain, checkEvery)
  if (before.answers || !after.answers) return
  clearTimeout(check)
  for (const tell of returned) tell()
}

/** Calls give up after a while; this goes on asking, so that the page notices the server's return by itself. */
async function askAgain(): Promise<void> {
  if (connection.get().answers) return
  const signal = AbortSignal.timeout(longestCheck)
  const answer = await fetch('/health/ready', { cache: 'no-store', signal }).catch(() => null)
  if (answer?.ok) set({ answers: true })
  else check = setTimeout(askAgain, checkEvery)
}

window.addEventListener('online', () => set({ online: true }))
window.addEventListener('offline', () => set({ online: false }))
/** `work` runs each time the server answers again after a break. */
export const onReturn = (work: () => void): void => void returned.add(work)

/** In ms. Over an open stream something comes more often. */
const unheardAfter = 15_000
let unheard: ReturnType<typeof setTimeout> | undefined

/** What became of the stream of changes. One that is closed is opened again, in most cases at once. */
export function noteStream(state: 'open' | 'closed' | 'silent' | 'unwanted'): void {
  if (state === 'closed') {
    unheard ??= setTimeout(() => set({ isHeard: false }), unheardAfter)
    return
  }
  clearTimeout(unheard)
  unheard = undefined
  set({ isHeard: state !== 'silent', ...(state === 'open' && { answers: true }) })
}

const isAway = (status: number) => status === 502 || status === 503 || status === 504

function noteAnswer(answer: Response): void {
  const { answers, newVersion } = connection.get()
  if (answers === isAway(answer.status)) set({ answers: !answers })
  // During a deploy older servers answer too: what was seen of a newer one counts, and the page is not sent to an older.
  const isBehind = isNewer(answer.headers.get('x-app-version') ?? '', __APP_VERSION__)
  if (isBehind && !newVersion && !(reloaded.age() < again)) set({ newVersion: true })
}

/** The browser's fetch, which the connection is judged by from its first failure on. */
export async function watchedFetch(input: RequestInfo | URL | string, init?: RequestInit): Promise<Response> {
  try {
    const answer = await fetch(input, init)
    noteAnswer(answer)
    return answer
  } catch (error) {
    if (!init?.signal?.aborted) set({ answers: false })
    throw error
  }
}

export const useConnection = connection.use

const missing = new WeakSet<object>()
/** Whether this is about a part of the page that could not be fetched, as those of an older version after a deploy. */
export const isMissingPart = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && missing.has(error)

window.addEventListener('vite:preloadError', ({ payload }) => {
  missing.add(payload)
  // The router would load the page again at once, and into the browser's own error page where the server is away.
  payload.message = `Not to be had: ${payload.message}`
  // By its answer it is known whether a newer version is there.
  void watchedFetch('/health/live').catch(() => undefined)
})

/** In ms. A server that lacks a part of its own version, or still has the older one, is not asked in a circle. */
const again = 60_000

/** Remembers over reloads that something was done; Infinity for never, NaN where the browser keeps nothing. */
function makeStamp(name: string) {
  const attempt = (work: () => number): number => {
    try {
      return work()
    } catch {
      return Number.NaN
    }
  }
  return {
    age: () => attempt(() => Date.now() - Number(sessionStorage.getItem(name) ?? Number.NEGATIVE_INFINITY)),
    set: () => attempt(() => sessionStorage.setItem(name, String(Date.now())) ?? 0),
  }
}
const renewed = makeStamp('homeroom.renewed')
const reloaded = makeStamp('homeroom.reloaded')

/** A person's reload may have got the older version once more: it is offered again, but not at once. */
export function reload(): void {
  reloaded.set()
  location.reload()
}

export const mayRenew = (): boolean => renewed.age() > again

/** Loads the page in the server's version, if it answers; what was typed on forms comes back with it. */
export async function renew(): Promise<void> {
  const answer = await watchedFetch('/health/ready').catch(() => null)
  if (!answer?.ok || !mayRenew()) return
  renewed.set()
  location.reload()
}
