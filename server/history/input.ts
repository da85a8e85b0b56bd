import { z } from 'zod'
import { deeds, historyEntities, operationWays, recordEntities } from '../../db/values.ts'
import { id } from '../input.ts'

/** Entries go on below the one of this number. */
const below = z.int().min(1).nullish()

export const recordHistoryInput = z.strictObject({ entity: z.enum(recordEntities), id, cursor: below })
export type RecordHistoryInput = z.infer<typeof recordHistoryInput>

export const operationHistoryInput = z.strictObject({ operationId: id, cursor: below })
export type OperationHistoryInput = z.infer<typeof operationHistoryInput>

/** Of a year of four digits in every zone, and so is the next. */
const day = z.iso.date().refine((one) => one > '1000-01-01' && one < '9999-12-31')

export const listHistoryInput = z.strictObject({
  /** Who. */
  actorId: id.optional(),
  /** By which way: an import and the command line are nobody's. */
  way: z.enum(operationWays).optional(),
  entity: z.enum(historyEntities).optional(),
  action: z.enum(deeds).optional(),
  /** The first and the last day, on the school's calendar. */
  from: day.optional(),
  to: day.optional(),
  /** The list goes on after the operation of this id. */
  cursor: z.strictObject({ at: z.iso.datetime(), id }).nullish(),
})
export type ListHistoryInput = z.infer<typeof listHistoryInput>
