/** What was found, as sentences that say what to do. */
import type { Direction, Finding, Kind } from './within.ts'

export type Way = 'request' | 'answer'
/** One difference between two contracts. `where` is a route or procedure, `who` the contract it belongs to. */
export interface Difference extends Finding {
  who: Who
  where: string
  way: Way | 'whole'
}
export type Who = 'api' | 'screens'

type Say = (at: string, detail: string, wide: string, narrow: string) => string

const breaks: Record<Way, Record<Kind, Say>> = {
  request: {
    gone: (at) => `takes ${at} no more`,
    needed: (at) => `requires ${at} now`,
    more: (at, detail) => `${at}: ${detail}`,
    words: (at, detail) => `takes ${detail} no more in ${at}`,
    type: (at, detail, wide) => `took ${detail} in ${at}, and takes only ${wide} now`,
    limit: (at, detail, wide, narrow) => `takes less in ${at}: ${detail} is ${wide}, and was ${narrow}`,
    default: (at, detail) => `takes a missing ${at} for ${detail}`,
    sunset: (at, detail) => `takes ${at} until ${detail}`,
    unrecorded: (at) => `takes ${at}, which is not recorded`,
  },
  answer: {
    gone: (at) => `answers ${at} no more`,
    needed: (at) => `may leave ${at} out now`,
    more: (at, detail) => `${at}: ${detail}`,
    words: (at, detail) => `may answer ${detail} in ${at}, which was not among the words`,
    type: (at, detail, wide) => `may answer ${detail} in ${at}, which was only ${wide}`,
    limit: (at, detail, wide, narrow) => `promises less of ${at}: ${detail} is ${narrow}, and was ${wide}`,
    default: (at, detail) => `${at}: ${detail}`,
    sunset: (at, detail) => `answers ${at} until ${detail}`,
    unrecorded: (at) => `answers ${at}, which is not recorded`,
  },
}

/** The same findings with the two contracts in each other's place: what there is more of. */
const news: Record<Way, Partial<Record<Kind, Say>>> = {
  request: {
    gone: (at) => `also takes ${at}`,
    needed: (at) => `does not require ${at} any more`,
    words: (at, detail) => `also takes ${detail} in ${at}`,
    type: (at, detail) => `also takes ${detail} in ${at}`,
    limit: (at, detail, wide, narrow) => `takes more in ${at}: ${detail} is ${narrow}, and was ${wide}`,
  },
  answer: {
    gone: (at) => `also answers ${at}`,
    needed: (at) => `always answers ${at} now`,
    words: (at, detail) => `does not answer ${detail} in ${at} any more`,
    type: (at, detail) => `does not answer ${detail} in ${at} any more`,
    limit: (at, detail, wide, narrow) => `promises more of ${at}: ${detail} is ${wide}, and was ${narrow}`,
  },
}

const place = (at: string, way: Way) => (at ? `\`${at}\`` : `the whole ${way}`)
const told = ({ way, kind, at, detail, wide = '', narrow = '' }: Difference, table: typeof news): string =>
  way === 'whole'
    ? detail
    : (table[way][kind]?.(place(at, way), detail, wide, narrow) ?? `${place(at, way)}: ${kind} ${detail}`)

const ofApi: Record<Way | 'whole', string> = {
  request:
    'Take what was taken, and what is new in a field of its own; or deprecate it first in server/api/deprecations.ts, twelve weeks before it goes.',
  answer:
    'Answer what was promised, and what is new in a field of its own; or deprecate it first in server/api/deprecations.ts, twelve weeks before it goes.',
  whole:
    'Keep it, and add what is new beside it; or deprecate it first in server/api/deprecations.ts, twelve weeks before it goes.',
}
const ofScreens: Record<Way | 'whole', string> = {
  request: 'Pages of the release before send it: take both for two releases, and what is new in a field of its own.',
  answer: 'Pages of the release before read it: answer both for two releases, and what is new in a field of its own.',
  whole: 'Pages of the release before call it: keep it for two releases, and add a procedure beside it.',
}

export const breakSentence = (one: Difference): string => {
  const todo = (one.who === 'api' ? ofApi : ofScreens)[one.way]
  return `${one.where} ${told(one, breaks)}. ${todo}`
}
export const newsSentence = (one: Difference): string => `${one.where} ${told(one, news)}`
/** Without what to do, as tests/contract/on-purpose.ts names it. */
export const shortSentence = (one: Difference): string => `${one.where} ${told(one, breaks)}`

export const directionOf = (way: Way): Direction => way
