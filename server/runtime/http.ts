import type { HttpBindings } from '@hono/node-server'
import type { Database } from '../../db/database.ts'
import type { Deprecations } from '../api/deprecations.ts'
import type { Config } from '../config.ts'
import type { Handover } from '../handover/handover.ts'
import type { Sending } from '../webhooks/address.ts'
import type { Caller } from './caller.ts'
import type { Log } from './logging.ts'

export interface AppOptions {
  db: Database
  config: Pick<
    Config,
    | 'host'
    | 'publicUrl'
    | 'otherNames'
    | 'trustProxy'
    | 'hstsSubdomains'
    | 'securityContact'
    | 'logHashKey'
    | 'writesPerMinute'
    | 'assetsFolder'
    | 'webhookHosts'
  >
  log: Log
  installation: string
  clientFolder: string
  handover?: Handover | undefined
  isDraining?: () => boolean
  /** Also while a reload replaces it, when others still find it ready. */
  isEnding?: () => boolean
  now?: () => Date
  /** Instead of what the configuration says. */
  sending?: Sending
  pause?: (ms: number) => Promise<void>
  /** Of the API, instead of those of the code. */
  deprecations?: Deprecations | undefined
}

export interface RequestNotes {
  requestId: string
  procedures: string[]
  reasons: string[]
  userId?: string
  isSentAway?: true
  isPassedOn?: true
}
export interface HonoEnv {
  Bindings: HttpBindings
  Variables: { caller: Caller; notes: RequestNotes }
}
