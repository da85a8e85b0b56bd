import { z } from 'zod'
import type { JournalEntity } from '../../db/values.ts'
import { journalEntities } from '../../db/values.ts'
import { seen, words } from '../input.ts'

type Unheard = 'savedView' | 'school' | 'membership' | 'webhook'
const isHeard = (entity: JournalEntity): entity is Exclude<JournalEntity, Unheard> =>
  !['savedView', 'school', 'membership', 'webhook'].includes(entity)
/** What webhooks tell of: the register's records, and neither its people nor its settings. */
export const eventEntities = journalEntities.filter(isHeard)
export type EventEntity = (typeof eventEntities)[number]

/** Mail servers, databases and the like listen below 1024. */
const isPlainPort = (port: string) => port === '' || port === '443' || port === '80' || Number(port) >= 1024

function isReceiver(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) return false
  return !url.username && !url.password && !url.hash && isPlainPort(url.port)
}

/** An address as the URL parser writes it: 2130706433 and 0x7f.1 are 127.0.0.1 then. */
const receiver = z
  .string()
  .trim()
  .max(1_000)
  .refine(isReceiver)
  .transform((text) => new URL(text).href)
  .pipe(z.string().max(2_000))

const fields = {
  name: words(100),
  url: receiver,
  entities: z
    .array(z.enum(eventEntities as [EventEntity, ...EventEntity[]]))
    .min(1)
    .max(eventEntities.length)
    .transform((chosen) => [...new Set(chosen)].toSorted()),
}
export const createWebhookInput = z.strictObject(fields)
export type CreateWebhookInput = z.infer<typeof createWebhookInput>

export const updateWebhookInput = z.strictObject({ ...seen, ...z.object(fields).partial().shape })
export type UpdateWebhookInput = z.infer<typeof updateWebhookInput>

/** `after` is the number of an entry of the journal; 0 is before the first. */
export const replayWebhookInput = z.strictObject({ ...seen, after: z.int().min(0).max(1_000_000_000_000) })
export type ReplayWebhookInput = z.infer<typeof replayWebhookInput>
