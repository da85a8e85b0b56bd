/** What is between two contracts: what breaks, what may go by now, and what is new. */
import { apiBreaks } from './api.ts'
import { onPurpose } from './on-purpose.ts'
import type { Contract } from './promised.ts'
import { routerBreaks } from './router.ts'
import type { Difference } from './words.ts'
import { newsSentence, shortSentence } from './words.ts'

export interface Differences {
  breaks: Difference[]
  /** Deprecated, and past the day from which it may go. */
  gone: Difference[]
  news: string[]
}

const all = (was: Contract, is: Contract): Difference[] => [
  ...apiBreaks(was.api, is.api),
  ...routerBreaks(was.router, is.router),
]

/** What breaks on the way back is what came. */
function newsBetween(was: Contract, is: Contract): string[] {
  const back = all(is, was).map((one): string => {
    if (one.way !== 'whole') return newsSentence(one)
    return one.detail === 'is gone' ? `${one.where} is new` : `${one.where}: on the way back, it ${one.detail}`
  })
  return [...new Set(back)]
}

/** `on` is the day that decides what may go. */
export function differences(was: Contract, is: Contract, on: string): Differences {
  const found = all(was, is).filter((one) => !(shortSentence(one) in onPurpose))
  const isOver = ({ sunset }: Difference) => sunset !== undefined && sunset <= on
  return { breaks: found.filter((one) => !isOver(one)), gone: found.filter(isOver), news: newsBetween(was, is) }
}
