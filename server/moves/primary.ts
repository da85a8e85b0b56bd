/** What a worker can ask its primary, which runs the mover beside all workers. */
import type { MoveVerb } from '../../db/values.ts'

export type MoverOrder = MoveVerb | 'stop'
export interface EndedMover {
  /** Null where nobody ran what was to be stopped. */
  verb: MoveVerb | null
  /** Of the process; null where a signal ended it. */
  code: number | null
  /** What it wrote: one line of JSON where it went well, and sentences where it did not. */
  out: string
  said: string
}

interface Place {
  /** Null where no primary runs, as with `npm run dev`. */
  ask: ((order: MoverOrder) => Promise<void>) | null
  pid: number
}
let place: Place = { ask: null, pid: process.pid }

export const primary = (): Place => place
export function atPrimary(given: Place): void {
  place = given
}
