/** Looks at both colours until there is a verdict on the new one. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Backend, Figures, Target } from './backend.ts'
import type { Judgement } from './judge.ts'
import { judge, saidFigures } from './judge.ts'
import type { Settings } from './settings.ts'

export interface Watched {
  backend: Backend
  fresh: Target
  old: Target | null
  /** The old colour's figures from before, for when it gets too few calls itself. */
  before: Figures | undefined
  watch: Settings['watch']
}
export interface Seen {
  judgement: Judgement
  /** The old colour's figures in this time, where they were enough. */
  old: Figures | undefined
  said: string
}

/** Once may be chance: a busy machine answers late. */
const unreadAtMost = 3

export async function watchBoth({ backend, fresh, old, before, watch }: Watched): Promise<Seen> {
  const { seconds, patienceSeconds, pollSeconds, leastCalls } = watch
  const measures = { fresh: await backend.measure(fresh), old: old && (await backend.measure(old)) }
  const begun = performance.now()
  const passed = () => (performance.now() - begun) / 1000
  for (let unread = 0; ; ) {
    await sleep(pollSeconds * 1000)
    const [now, beside] = await Promise.all([measures.fresh(), measures.old?.()])
    const isEnough = beside !== undefined && beside.calls >= leastCalls
    const compared = isEnough ? beside : (before ?? (old ? beside : null))
    const judgement = judge({ fresh: now, old: compared, tookIs: backend.tookIs }, watch)
    unread = judgement.verdict === 'unread' ? unread + 1 : 0
    const seen = { judgement, old: isEnough ? beside : undefined, said: saidOf(now, compared, backend.tookIs) }
    if (judgement.verdict === 'bad' || unread >= unreadAtMost) return seen
    if (judgement.verdict === 'good' && passed() >= seconds) return seen
    if (passed() >= patienceSeconds) return seen
  }
}

function saidOf(fresh: Figures | undefined, old: Figures | undefined | null, tookIs: string): string {
  const one = (figures: Figures | undefined | null) => (figures ? saidFigures(figures, tookIs) : 'unknown')
  return `new: ${one(fresh)}; old: ${one(old)}`
}
