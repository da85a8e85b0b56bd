/** A rollout whose new side fails is turned off by itself, in the register's chain as anybody's change is. */
import type { Database } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import { canonical, sha256 } from '../canonical.ts'
import { DomainError } from '../errors.ts'
import type { Verdict } from './compare.ts'
import { judged } from './compare.ts'
import { flagOf, isFlagKey } from './registry.ts'
import { changeFlag, rowOf } from './set.ts'

export interface TurnedOff extends Verdict {
  flag: string
}

async function turnOff(db: Database, key: string, version: number, now: Date): Promise<boolean> {
  const input = { key, version, mode: 'off' as const }
  const inputHash = sha256(canonical(input))
  const operation = { id: newId(), procedure: 'flags.guard', inputHash, way: 'cli' as const, actorId: null, at: now }
  try {
    await changeFlag(db, operation, input)
    return true
  } catch (error) {
    // Somebody, or the guard of another process, was faster.
    if (error instanceof DomainError && error.reason === 'flag.stale') return false
    throw error
  }
}

/** Judges those of `keys` that are being rolled out: a switch for need is turned by people alone. */
export async function guardFlags(db: Database, keys: Iterable<string>, now: Date): Promise<TurnedOff[]> {
  const off: TurnedOff[] = []
  for (const key of keys) {
    if (!isFlagKey(key) || flagOf(key).kind !== 'release') continue
    const { mode, version } = await rowOf(db, key)
    const verdict = mode === 'rules' ? await judged(db, key, version, now) : undefined
    if (verdict && (await turnOff(db, key, version, now))) off.push({ flag: key, ...verdict })
  }
  return off
}
