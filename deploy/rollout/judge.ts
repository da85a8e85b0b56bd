/** Whether the new colour may go on. Pure: figures in, a verdict and its reason out. */
import type { Figures } from './backend.ts'

export interface Margins {
  /** So many calls of a colour are enough to judge by. */
  leastCalls: number
  /** So much more of the new colour's calls may fail than of the old one's; 0.01 is one in a hundred. */
  errors: number
  /** The new colour may take this many times as long, and `slowerMs` more. */
  slower: number
  slowerMs: number
  /** Fewer calls are enough where so many have failed, and this part of all beyond the old colour's. */
  alarmFailed: number
  alarmErrors: number
}
export interface Judgement {
  verdict: 'good' | 'bad' | 'few' | 'unread'
  why: string
}

/** `old` is null where nothing served before. */
export interface Compared {
  fresh: Figures | undefined
  old: Figures | undefined | null
  tookIs: string
}

const percent = (part: number) => `${(part * 100).toFixed(part && part < 0.1 ? 1 : 0)} %`
const rateOf = ({ calls, failed }: Figures) => (calls ? failed / calls : 0)
const ms = (value: number) => `${Math.round(value)} ms`

export const saidFigures = (figures: Figures, tookIs: string): string =>
  `${figures.calls} calls, ${percent(rateOf(figures))} failed, ${tookIs} ${figures.tookMs === undefined ? 'unknown' : ms(figures.tookMs)}`

function tooManyFail(fresh: Figures, before: number, margins: Margins): string | undefined {
  const rate = rateOf(fresh)
  const told = `${fresh.failed} of ${fresh.calls} calls of the new version failed (${percent(rate)}; before: ${percent(before)})`
  const isAlarming = fresh.failed >= margins.alarmFailed && rate > before + margins.alarmErrors
  const isJudged = fresh.calls >= margins.leastCalls && rate > before + margins.errors
  return isAlarming || isJudged ? told : undefined
}

/** The times of two colours are compared only where both have enough calls. */
function tooSlow({ fresh, old, tookIs }: Compared, margins: Margins): string | undefined {
  if (!fresh || !old || Math.min(fresh.calls, old.calls) < margins.leastCalls) return undefined
  if (fresh.tookMs === undefined || old.tookMs === undefined) return undefined
  const limit = old.tookMs * margins.slower + margins.slowerMs
  if (fresh.tookMs <= limit) return undefined
  return `${tookIs} of the new version is ${ms(fresh.tookMs)}, and may be ${ms(limit)} (before: ${ms(old.tookMs)})`
}

export function judge(compared: Compared, margins: Margins): Judgement {
  const { fresh, old, tookIs } = compared
  if (!fresh) return { verdict: 'unread', why: 'the metrics of the new version can not be read' }
  const before = old ? rateOf(old) : 0
  const fault = tooManyFail(fresh, before, margins) ?? tooSlow(compared, margins)
  if (fault) return { verdict: 'bad', why: fault }
  if (old === undefined) return { verdict: 'few', why: 'the metrics of the old version can not be read' }
  if (fresh.calls < margins.leastCalls)
    return { verdict: 'few', why: `only ${fresh.calls} calls in this time, and ${margins.leastCalls} are wanted` }
  return { verdict: 'good', why: saidFigures(fresh, tookIs) }
}
