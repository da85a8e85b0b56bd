import { tracked } from '@trpc/server'
import { newestNumber } from '../journal/newest.ts'
import { listening, router } from '../trpc.ts'
import type { News } from './feed.ts'
import { feedOf } from './feed.ts'
import { listenInput } from './input.ts'

/** The number of its last entry is a piece of news's id, which the browser names when it comes back. */
const numbered = (news: News) => tracked(String(news.number), news)

/** Begins with where it begins: cut before anything happens, it still goes on from there. */
async function* told(number: number, later: AsyncIterable<News>) {
  yield numbered({ number, resync: false, entries: [] })
  for await (const news of later) yield numbered(news)
}

const unending = new AbortController().signal

export const liveRouter = router({
  /** What changes in the school, as it happens: which records, for whoever may read them. */
  changes: listening('live.listen')
    .input(listenInput)
    .subscription(async ({ ctx: { db, school, person }, input: { lastEventId }, signal = unending }) => {
      const number = lastEventId === undefined ? await newestNumber(db, school.id) : Number(lastEventId)
      return told(number, feedOf(db).listen(school.id, person, number, signal))
    }),
})
