/**
 * The screens follow the school: a stream tells which records changed, and what shows them asks again. The browser opens it
 * again where it was cut; the number of the last news says from where.
 */
import type { TRPCClientError } from '@trpc/client'
import { createTRPCClient, httpSubscriptionLink } from '@trpc/client'
import type { News } from '../../server/live/feed.ts'
import type { AppRouter } from '../../server/router.ts'
import { apiOf } from '../api.ts'
import { noteStream } from '../connection.ts'
import type { Changes } from '../refresh/changes.ts'
import { isLeftToAnswer } from '../refresh/link.ts'
import { refresh, refreshAll } from '../refresh/refresh.ts'
import { lookQuietly } from '../session.ts'
import { isSignedOut, nextSignIn } from '../signed-out.ts'

/** In ms. The screens of a whole school need not ask in the same instant. */
const spread = 250
const betweenRefreshes = 400
const firstPause = 1_000
const longestPause = 30_000

/** Gathers what was told for a moment, then brings it into the screens, one round at a time. */
function makeRounds(slug: string) {
  let waiting: Changes = []
  let isAll = false
  let isBusy = false
  const round = async () => {
    isBusy = true
    await new Promise((resolve) => setTimeout(resolve, Math.random() * spread))
    while (waiting.length || isAll) {
      const [changes, all] = [waiting, isAll]
      waiting = []
      isAll = false
      const api = apiOf(slug)
      await (all ? refreshAll(api) : refresh(api, changes)).catch(() => undefined)
      await new Promise((resolve) => setTimeout(resolve, betweenRefreshes))
    }
    isBusy = false
  }
  return ({ resync, entries }: News): void => {
    waiting = [...waiting, ...entries.filter(({ operationId, ...change }) => !isLeftToAnswer(operationId, change))]
    isAll ||= resync
    if (!isBusy && (isAll || waiting.length)) void round()
  }
}

/** How far each school was heard: screens that come back go on from there. */
const heard = new Map<string, string>()

const closed = (error: TRPCClientError<AppRouter>) => Boolean(error.data) || error.cause instanceof Event

/** What the state of the connection says of the stream; a cut one may have been cut because the session was ended. */
function noteState(state: 'idle' | 'connecting' | 'pending', error: TRPCClientError<AppRouter> | null): void {
  if (state === 'pending') noteStream('open')
  else if (error) noteCut(closed(error) ? 'closed' : 'silent')
}
function noteCut(how: 'closed' | 'silent'): void {
  noteStream(how)
  setTimeout(lookQuietly, Math.random() * spread)
}

/** Follows the school from the journal's entry `number` on, or from where it was followed to; answers what ends it. */
export function follow(slug: string, number: number): () => void {
  const client = createTRPCClient<AppRouter>({
    links: [httpSubscriptionLink({ url: '/trpc', connectionParams: { school: slug } })],
  })
  const bring = makeRounds(slug)
  let stream: { unsubscribe(): void } | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let pause = firstPause
  let isOver = false
  if (!heard.has(slug)) heard.set(slug, String(number))

  // Where the browser gives up, as it does for a closing server, we try again by and by.
  const again = () => {
    if (isOver) return
    noteCut('closed')
    stream?.unsubscribe()
    clearTimeout(timer)
    timer = setTimeout(() => void open(), pause * (0.75 + Math.random() / 2))
    pause = Math.min(pause * 2, longestPause)
  }
  const open = async () => {
    if (isSignedOut()) await nextSignIn()
    if (isOver) return
    stream = client.live.changes.subscribe(
      { lastEventId: heard.get(slug) },
      {
        onConnectionStateChange: ({ state, error }) => isOver || noteState(state, error),
        onData: ({ id, data }) => {
          pause = firstPause
          heard.set(slug, id)
          bring(data)
        },
        onError: again,
      },
    )
  }
  noteStream('closed')
  void open()
  return () => {
    isOver = true
    clearTimeout(timer)
    stream?.unsubscribe()
    noteStream('unwanted')
  }
}
