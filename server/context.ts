import type { Database } from '../db/database.ts'
import type { JournalEntity, OperationWay, Role } from '../db/values.ts'

export interface School {
  id: number
  slug: string
  name: string
  /** IANA name. */
  timeZone: string
  /** BCP 47. */
  locale: string
  isDemo: boolean
}

/** Who acts, in one school. */
export interface Actor {
  /** None for the command line. */
  userId: string | null
  role: Role
  /** Which instructor this person is in the school. */
  instructorId: string | null
}

/** What every feature's functions take: no request, no tRPC, so a job or the command line calls the same ones. */
export interface Context {
  db: Database
  school: School
  actor: Actor
  now: Date
}

/** Names one mutation, so that its repetition is known. */
export interface OperationKey {
  /** The client's key, a UUIDv7. */
  id: string
  procedure: string
  /** SHA-256 of the canonical input, in hexadecimal. */
  inputHash: string
  way: OperationWay
}

/** A record that an operation changed. */
export interface RecordRef {
  entity: JournalEntity
  id: string
}

/** What a function that writes takes. */
export interface MutationContext extends Context {
  operation: OperationKey
  /** Runs after the commit with the records that the operation changed, and again for its repetition. */
  onChanged?: ((records: readonly RecordRef[]) => void) | undefined
  /** What the clock says by now; the process's own where there is none. */
  clock?: (() => Date) | undefined
}
