/** The zod pieces that several features' inputs share. The client imports this file too. */
import { z } from 'zod'

/** Text that says something: trimmed, not empty, at most `max` characters. */
export const words = (max: number) => z.string().trim().min(1).max(max)

/** An optional field of a form: empty means none. */
export const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (typeof value === 'string' && value.trim() === '' ? null : value), schema.nullable())

export const id = z.uuid().toLowerCase()
export const version = z.int().min(1)
/** How many a room or a class holds. */
export const seats = z.int().min(0).max(100_000)
export const email = z.string().trim().toLowerCase().max(320).pipe(z.email())

/** What an edit, an archiving or a restoring of a record names. */
export const seen = { id, version }

export const byId = z.strictObject({ id })

/** The rest of a list begins after it: the last row's place in the order, as `list` gave it. */
export const cursor = z.strictObject({ key: z.string().max(600), name: z.string().max(600), id }).nullish()
/** A screen asks for a few hundred, an export for as many as there may be. */
export const pageSize = z.int().min(1).max(1_000).default(50)
