/** The screens follow the school: a stream tells which records changed, and what shows them asks again. */
import type { News } from '../../server/live/feed.ts'
import { apiOf } from '../api.ts'
import { noteStream } from '../connection.ts'
import type { Changes } from '../refresh/changes.ts'
import { isLeftToAnswer } from '../refresh/link.ts'
import { refresh, refreshAll, refreshQueries } from '../refresh/refresh.ts'
import { flagsVersion, lookQuietly } from '../session.ts'
import { share } from './share.ts'
import { listen } from './stream.ts'

/** In ms. The screens of a whole school need not ask in the same instant. */
const spread = 250
const betweenRefreshes = 400

/** Gathers what was told for a moment, then brings it into the screens, one round at a time. */
function makeRounds(slug: string) {
  let waiting: Changes = []
  let isAll = false
  /** The school's settings and the flags reach the screens with the session. */
  let isSchool = false
  let isBusy = false
  const round = async () => {
    isBusy = true
    await new Promise((resolve) => setTimeout(resolve, Math.random() * spread))
    while (waiting.length || isAll || isSchool) {
      if (isSchool) lookQuietly()
      isSchool = false
      const [changes, all] = [waiting, isAll]
      waiting = []
      isAll = false
      const api = apiOf(slug)
      await (all ? refreshAll(api) : refresh(api, changes)).catch(() => undefined)
      await new Promise((resolve) => setTimeout(resolve, betweenRefreshes))
    }
    isBusy = false
  }
  return ({ resync, entries, flags }: News): void => {
    const isOtherFlags = flags !== undefined && flags !== flagsVersion()
    // The pages of flags follow them too, also where a click has read the session since.
    if (flags !== undefined) void refreshQueries(apiOf(slug), ['flags.get', 'flags.list']).catch(() => undefined)
    isSchool ||= resync || isOtherFlags || entries.some(({ entity }) => entity === 'school')
    waiting = [...waiting, ...entries.filter(({ operationId, ...change }) => !isLeftToAnswer(operationId, change))]
    isAll ||= resync
    if (!isBusy && (isAll || isSchool || waiting.length)) void round()
  }
}

/** How far each school was heard: screens that come back go on from there. */
const heard = new Map<string, string>()

/**
 * Follows the school from the journal's entry `journalNumber` on, or from where it was followed to, together with the person's
 * other windows; answers what ends it.
 */
export function follow(slug: string, userId: string, journalNumber: number): () => void {
  const bring = makeRounds(slug)
  const number = () => heard.get(slug) ?? String(journalNumber)
  if (!heard.has(slug)) heard.set(slug, number())
  noteStream('closed')
  const end = share(`homeroom live ${slug} ${userId}`, {
    number,
    open: (listener) => listen(slug, number, listener),
    news({ id, data }) {
      if (data.resync || Number(id) > Number(number())) heard.set(slug, id)
      bring(data)
    },
    state(state) {
      noteStream(state === 'opening' ? 'closed' : state)
      // It may have been cut because the session was ended.
      if (state === 'closed' || state === 'silent') setTimeout(lookQuietly, Math.random() * spread)
    },
  })
  return () => {
    end()
    noteStream('unwanted')
  }
}
