/** How often each procedure of this process was called, how long it took and how it ended, since the process began. */
import { durationBounds } from '../../db/values.ts'
import type { ErrorCode } from '../errors.ts'

export type ProcedureType = 'query' | 'mutation' | 'subscription'
/** Which kind of error it ended with, if any; 'internal' is what nobody foresaw. */
export type Outcome = 'ok' | ErrorCode | 'too_many' | 'internal'
/** Of these the server is to blame. */
export const failures: readonly Outcome[] = ['internal', 'unavailable']

export interface Times {
  procedure: string
  type: ProcedureType
  code: Outcome
  /** Calls by time, one more than there are bounds; each call is in one of them. */
  counts: number[]
  /** All their time together, in ms. */
  total: number
}

/** Only procedures that exist are noted, and only errors of the closed list: neither grows with what callers make up. */
const times = new Map<string, Map<Outcome, Times>>()
const reasons = new Map<string, number>()

function timesOf(procedure: string, type: ProcedureType, code: Outcome): Times {
  const outcomes = times.get(procedure) ?? new Map<Outcome, Times>()
  times.set(procedure, outcomes)
  const counts = new Array<number>(durationBounds.length + 1).fill(0)
  const made = { procedure, type, code, counts, total: 0 }
  outcomes.set(code, made)
  return made
}

function placeOf(ms: number): number {
  let place = 0
  while (place < durationBounds.length && ms > (durationBounds[place] ?? 0)) place++
  return place
}

/** Notes one call. `reason` says why it was refused or failed. */
export function noteCall(procedure: string, type: ProcedureType, ms: number, code: Outcome, reason?: string): void {
  const of = times.get(procedure)?.get(code) ?? timesOf(procedure, type, code)
  const place = placeOf(ms)
  of.counts[place] = (of.counts[place] ?? 0) + 1
  of.total += ms
  if (reason) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
}

export const allTimes = (): Times[] => [...times.values()].flatMap((outcomes) => [...outcomes.values()])
export const allReasons = (): [reason: string, count: number][] => [...reasons]
