/** What the parts of the HTTP application share. */
import type { HttpBindings } from '@hono/node-server'
import type { Database } from '../../db/database.ts'
import type { Config } from '../config.ts'
import type { Caller } from './caller.ts'
import type { Log } from './logging.ts'

export interface AppOptions {
  db: Database
  config: Pick<Config, 'publicUrl' | 'trustProxy'>
  log: Log
  /** The built screens. */
  clientFolder: string
  /** Whether the server is about to stop: no new work should be sent to it. */
  isDraining?: () => boolean
  now?: () => Date
}

/** What is noted of a request while it is answered, for its line in the log. */
export interface Seen {
  requestId: string
  procedures: string[]
  reasons: string[]
  userId?: string
  /** The server had too much to do. */
  isSentAway?: true
}
export interface HonoEnv {
  Bindings: HttpBindings
  Variables: { caller: Caller; seen: Seen }
}
