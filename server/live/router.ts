import { tracked } from '@trpc/server'
import { flagsOf } from '../flags/store.ts'
import { newestNumber } from '../journal/newest.ts'
import { listening, router } from '../trpc.ts'
import type { News } from './feed.ts'
import { feedOf } from './feed.ts'
import { listenInput } from './input.ts'

/** The browser sends this id when it connects again. */
const numbered = (news: News) => tracked(String(news.number), news)

/** A stream that is cut before anything happens still knows where to continue. */
async function* newsFrom(number: number, flags: number, later: AsyncIterable<News>) {
  yield numbered({ number, resync: false, entries: [], ...(flags && { flags }) })
  for await (const news of later) yield numbered(news)
}

/** tRPC asks ahead, and drops the answer when the browser has gone: a stream cut then would be a failure nothing handled. */
function askedAhead<T>(stream: AsyncGenerator<T>): AsyncGenerator<T> {
  const next = stream.next.bind(stream)
  stream.next = () => {
    const answer = next()
    answer.catch(() => undefined)
    return answer
  }
  return stream
}

const unending = new AbortController().signal

export const liveRouter = router({
  changes: listening('live.listen')
    .input(listenInput)
    .subscription(async ({ ctx: { db, school, person }, input: { lastEventId }, signal = unending }) => {
      const number = lastEventId === undefined ? await newestNumber(db, school.id) : Number(lastEventId)
      return askedAhead(
        newsFrom(number, flagsOf(db).current.version, feedOf(db).listen(school.id, person, number, signal)),
      )
    }),
})
