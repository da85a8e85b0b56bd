/** The school's stream of changes. The browser opens it again where it was cut; the number of the last news says from where. */
import type { TRPCClientError } from '@trpc/client'
import { createTRPCClient, httpSubscriptionLink } from '@trpc/client'
import type { News } from '../../server/live/feed.ts'
import type { AppRouter } from '../../server/router.ts'

export type StreamState = 'opening' | 'open' | 'closed' | 'silent'

export interface Told {
  /** The number of the journal's last entry that it includes, as text. */
  id: string
  data: News
}
export interface Listener {
  news(told: Told): void
  state(state: StreamState): void
}

/** In ms. */
const firstPause = 1_000
const longestPause = 30_000

const closed = (error: TRPCClientError<AppRouter>) => Boolean(error.data) || error.cause instanceof Event

/** Listens from the entry on that `number` answers each time it is opened; answers what ends it. */
export function listen(slug: string, number: () => string, { news, state: note }: Listener): () => void {
  const client = createTRPCClient<AppRouter>({
    links: [httpSubscriptionLink({ url: '/trpc', connectionParams: { school: slug } })],
  })
  let stream: { unsubscribe(): void } | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let pause = firstPause
  let isOver = false

  // Where the browser gives up, as it does for a closing server, we try again by and by.
  const again = () => {
    if (isOver) return
    note('closed')
    stream?.unsubscribe()
    clearTimeout(timer)
    timer = setTimeout(open, pause * (0.75 + Math.random() / 2))
    pause = Math.min(pause * 2, longestPause)
  }
  const open = () => {
    stream = client.live.changes.subscribe(
      { lastEventId: number() },
      {
        onConnectionStateChange({ state, error }) {
          if (isOver) return
          if (state === 'pending') note('open')
          else if (error) note(closed(error) ? 'closed' : 'silent')
        },
        onData({ id, data }) {
          pause = firstPause
          news({ id, data })
        },
        onError: again,
      },
    )
  }
  open()
  return () => {
    isOver = true
    clearTimeout(timer)
    stream?.unsubscribe()
  }
}
