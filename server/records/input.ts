import { z } from 'zod'
import { addedByName } from '../../db/values.ts'
import { id, seen, words } from '../input.ts'

export const seenInput = z.strictObject(seen)
export type SeenVersion = z.infer<typeof seenInput>

/** Whether dependents in use are kept or ended; to `ask` refuses the archiving while there are any. */
export const standingChoices = ['ask', 'keep', 'end'] as const
export type StandingChoice = (typeof standingChoices)[number]
const standing = { standing: z.enum(standingChoices).default('ask') }
export const archiveInput = z.strictObject({ ...seen, ...standing })
export type ArchiveInput = z.infer<typeof archiveInput>

/** `confirm` is the full name of the person: there is no way back. */
export const eraseInput = z.strictObject({ ...seen, confirm: words(310) })
export type EraseInput = z.infer<typeof eraseInput>

export const listRecordsInput = z.strictObject({ archived: z.boolean().default(false) }).prefault({})
export type ListRecordsInput = z.infer<typeof listRecordsInput>

export const namedAtMost = 1_000
export const pastedAtMost = 3_000

/** Records that rows may mean are asked for by this many. An empty text names nothing. */
export const alikeAtMost = 500
const called = z.string().trim().max(300)
export const textsAlike = z.array(called).max(alikeAtMost).default([])
export const peopleAlike = z
  .array(z.strictObject({ givenName: called, familyName: called }))
  .max(alikeAtMost)
  .default([])

/** Each pasted item is checked by itself, so that its row says what is wrong. */
const cell = z.union([z.string().max(2_000), z.number(), z.boolean(), z.null()]).optional()
export const cells = <K extends string>(keys: readonly K[]) =>
  Object.fromEntries(keys.map((key) => [key, cell])) as Record<K, typeof cell>

/** Records that are made with the items, by their names; `as` stands for their ids in the items. */
const adds = z
  .array(z.strictObject({ to: z.enum(addedByName), as: id, name: words(200) }))
  .max(500)
  .optional()
export type Adds = z.infer<typeof adds>

export function createManyOf<Shape extends z.ZodRawShape, Others extends z.ZodRawShape = Record<never, never>>(
  { shape }: z.ZodObject<Shape>,
  others: Others = {} as Others,
) {
  const plain = cells(Object.keys(shape) as Exclude<keyof Shape & string, keyof Others>[])
  /** An item that names a record and its version changes that record. `beside` is how many equal records in use somebody saw: where there are more by now, it is refused. */
  const beside = z.int().min(0).optional()
  const known = { id: seen.id.optional(), version: seen.version.optional(), beside }
  const item = z.strictObject({ ...plain, ...others, ...known } as typeof plain & Others & typeof known)
  return z.strictObject({ items: z.array(item).min(1).max(pastedAtMost), adds })
}

const named = { items: z.array(z.strictObject(seen)).min(1).max(namedAtMost) }
const setOf = <Shape extends z.ZodRawShape>(fields: Shape) =>
  z
    .strictObject(fields)
    .partial()
    .refine((given) => Object.keys(given).length > 0)

export const updateManyOf = <Shape extends z.ZodRawShape>(fields: Shape) =>
  z.strictObject({ ...named, set: setOf(fields) })
export const archiveManyInput = z.strictObject({ ...named, ...standing })
export const restoreManyInput = z.strictObject(named)

export function manyOfList<Filter extends z.ZodType, Shape extends z.ZodRawShape>(
  filter: Filter,
  fields: Shape = {} as Shape,
) {
  const filtered = { filter, except: z.array(id).max(namedAtMost).default([]), expected: z.int().min(1) }
  const either = <More extends z.ZodRawShape>(more: More) =>
    z.union([z.strictObject({ ...named, ...more }), z.strictObject({ ...filtered, ...more })])
  return { update: either({ set: setOf(fields) }), archive: either(standing), restore: either({}) }
}
