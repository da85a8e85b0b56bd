import type { Database } from '../../db/database.ts'
import type { Config } from '../config.ts'
import type { Sending } from '../webhooks/address.ts'
import { countAttempt } from '../webhooks/counts.ts'
import { Dispatcher } from '../webhooks/dispatcher.ts'
import type { Log } from './logging.ts'
import { described } from './logging.ts'
import { repeat } from './repeating.ts'

const lookEveryMs = 1_000
const graceMs = 3_000

export const sendingOf = ({ publicUrl, webhookHosts }: Pick<Config, 'publicUrl' | 'webhookHosts'>): Sending => ({
  from: publicUrl,
  hosts: new Set(webhookHosts),
})

interface Options {
  sending: Sending
  log: Log
  isDraining(): boolean
  every?: number
}

/** A commit of this process is told at once, others' within a second. Call the answer to stop: it resolves once nothing is being sent. */
export function keepWebhooks(
  db: Database,
  { sending, log, isDraining, every = lookEveryMs }: Options,
): () => Promise<void> {
  const { from } = sending
  // Nobody knows yet whether this is the register or a copy of it.
  if (from === undefined) return async () => undefined
  let isOver = false
  const dispatcher = new Dispatcher(db, {
    sending: { ...sending, from },
    now: () => new Date(),
    isStopping: () => isOver || isDraining(),
    note: countAttempt,
    disabled: (because) => log.warn({ because }, 'a webhook was disabled: nothing is sent to it any more'),
    failed: (error) => log.error({ error: described(error) }, 'webhooks could not be looked after'),
  })
  const looks = repeat(every, () => dispatcher.look())
  dispatcher.onEnded(looks.look)
  db.commits.watch((schoolId) => {
    if (dispatcher.has(schoolId)) looks.look()
  })
  return async () => {
    isOver = true
    await looks.stop()
    await dispatcher.stop(graceMs)
  }
}
