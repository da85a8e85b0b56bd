import type { HttpBindings } from '@hono/node-server'
import type { Database } from '../../db/database.ts'
import type { Config } from '../config.ts'
import type { Caller } from './caller.ts'
import type { Log } from './logging.ts'

export interface AppOptions {
  db: Database
  config: Pick<
    Config,
    'host' | 'publicUrl' | 'trustProxy' | 'hstsSubdomains' | 'securityContact' | 'logHashKey' | 'writesPerMinute'
  >
  log: Log
  /** Which register this is, in the names of its cookies. */
  installation: string
  clientFolder: string
  isDraining?: () => boolean
  now?: () => Date
  /** Holds an answer back for so many ms. */
  pause?: (ms: number) => Promise<void>
}

export interface RequestNotes {
  requestId: string
  procedures: string[]
  reasons: string[]
  userId?: string
  isSentAway?: true
}
export interface HonoEnv {
  Bindings: HttpBindings
  Variables: { caller: Caller; notes: RequestNotes }
}
