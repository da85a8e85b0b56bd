import { Durations } from '../../db/durations.ts'
import type { ErrorCode } from '../errors.ts'

export type ProcedureType = 'query' | 'mutation' | 'subscription'
/** 'internal' is a failure that no error of ours describes. */
export type Outcome = 'ok' | ErrorCode | 'too_many' | 'internal'
export const failures: readonly Outcome[] = ['internal', 'unavailable']

export interface Times {
  procedure: string
  type: ProcedureType
  code: Outcome
  /** Each call is counted once; the last count is of calls longer than every bound. */
  readonly counts: readonly number[]
  total: number
}

/** Only existing procedures and errors of the closed list are counted, so callers cannot make these maps grow. */
const times = new Map<string, Map<Outcome, Times & { durations: Durations }>>()
const reasons = new Map<string, number>()

function timesOf(procedure: string, type: ProcedureType, code: Outcome) {
  const outcomes = times.get(procedure) ?? new Map()
  times.set(procedure, outcomes)
  const durations = new Durations()
  const made = { procedure, type, code, durations, counts: durations.counts, total: 0 }
  outcomes.set(code, made)
  return made
}

export function noteCall(procedure: string, type: ProcedureType, ms: number, code: Outcome, reason?: string): void {
  const of = times.get(procedure)?.get(code) ?? timesOf(procedure, type, code)
  of.durations.note(ms)
  of.total += ms
  if (reason) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
}

export const allTimes = (): Times[] => [...times.values()].flatMap((outcomes) => [...outcomes.values()])
export const allReasons = (): [reason: string, count: number][] => [...reasons]
