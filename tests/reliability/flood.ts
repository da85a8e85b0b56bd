/**
 * Calls at a steady pace, whatever becomes of those before, as a crowd of people would send them: flood-process.ts makes
 * them, in a process of its own.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { endWithUs } from '../setup/end-with-us.ts'
import type { Seeded } from './site.ts'

export interface FloodOptions extends Seeded {
  url: string
  /** Kept alive, and each known to the server before the first call. */
  connections: number
}
/** `perSecond` 'closed': each of 20 connections sends its next call when the last was answered. */
export interface Wave {
  perSecond: number | 'closed'
  seconds: number
}
export interface WaveReport {
  /** How many were sent in a second. */
  perSecond: number
  /** How many were due while every connection was waiting for an answer, and never sent. */
  heldBack: number
  /** By status; 0 where the connection broke. */
  statuses: Record<string, number>
  /** Of those answered 200, in ms. */
  p50: number
  p99: number
  /** 503s without a Retry-After. */
  withoutRetryAfter: number
  /** Names of the rooms whose making was acknowledged, and of those sent away. */
  written: string[]
  sentAway: string[]
}

export interface Flood {
  wave(wave: Wave): Promise<WaveReport>
  end(): void
}

export async function startFlood(options: FloodOptions): Promise<Flood> {
  const how = { execArgv: ['--import', 'tsx'], detached: true }
  const child = endWithUs(fork(join(import.meta.dirname, 'flood-process.ts'), how))
  const ask = async (message: object) => {
    const answer = once(child, 'message')
    child.send(message)
    return (await answer)[0] as WaveReport
  }
  await ask({ options })
  return {
    wave: (wave) => ask({ wave }),
    end: () => void child.kill(),
  }
}
