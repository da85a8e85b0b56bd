import type { Database } from '../db/database.ts'
import type { JournalEntity, OperationWay, Role } from '../db/values.ts'
import type { Permission } from './access.ts'
import type { Flags } from './flags/registry.ts'

export interface School {
  id: number
  slug: string
  name: string
  timeZone: string
  locale: string
  isDemo: boolean
  studentNumberPattern: string | null
  /** The numbers of the days on which it is open; 1 is Monday. */
  weekdays?: string
}

export interface Actor {
  userId: string | null
  role: Role
  instructorId: string | null
  /** Of a token; a person has none, and may do all that the role may. */
  scopes?: ReadonlySet<Permission> | undefined
}

/** Features take no request and no tRPC, so a job or the command line calls the same functions. */
export interface Context {
  db: Database
  school: School
  actor: Actor
  now: Date
  flags?: Flags | undefined
}

export interface OperationKey {
  /** The client's key is a UUIDv7; a repeated request has the same. */
  id: string
  procedure: string
  /** The hash is SHA-256 of the canonical input, in hexadecimal. */
  inputHash: string
  way: OperationWay
}

export interface RecordRef {
  entity: JournalEntity
  id: string
}

export interface MutationContext extends Context {
  operation: OperationKey
  /** Runs after the commit, and again when the request is repeated. */
  onChanged?: ((records: readonly RecordRef[]) => void) | undefined
  /** The clock goes on while an operation runs; `now` does not. */
  clock?: (() => Date) | undefined
}
