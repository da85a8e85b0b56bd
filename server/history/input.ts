import { z } from 'zod'
import { deeds, historyEntities, operationWays, recordEntities } from '../../db/values.ts'
import { id } from '../input.ts'

const below = z.int().min(1).nullish()

export const recordHistoryInput = z.strictObject({ entity: z.enum(recordEntities), id, cursor: below })
export type RecordHistoryInput = z.infer<typeof recordHistoryInput>

export const operationHistoryInput = z.strictObject({ operationId: id, cursor: below })
export type OperationHistoryInput = z.infer<typeof operationHistoryInput>

/** The year has four digits in every zone, and so has the day after. */
const day = z.iso.date().refine((one) => one > '1000-01-01' && one < '9999-12-31')

export const listHistoryInput = z.strictObject({
  actorId: id.optional(),
  /** Imports and the command line belong to no person. */
  way: z.enum(operationWays).optional(),
  entity: z.enum(historyEntities).optional(),
  action: z.enum(deeds).optional(),
  /** Both days are included, on the school's calendar. */
  from: day.optional(),
  to: day.optional(),
  cursor: z.strictObject({ at: z.iso.datetime(), id }).nullish(),
})
export type ListHistoryInput = z.infer<typeof listHistoryInput>

export const listChangesInput = z.strictObject({
  /** The number of an entry of the journal; 0 is before the first. */
  after: z.int().min(0).max(1_000_000_000_000).default(0),
  limit: z.int().min(1).max(500).default(100),
})
export type ListChangesInput = z.infer<typeof listChangesInput>
