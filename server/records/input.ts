import { z } from 'zod'
import { id, seen, words } from '../input.ts'

export const seenInput = z.strictObject(seen)
/** An edit names the record and the version somebody saw. */
export type SeenVersion = z.infer<typeof seenInput>

/** What is to become of that which stands on a record: the archiving is refused unless people have said. */
export const standingChoices = ['ask', 'keep', 'end'] as const
export type StandingChoice = (typeof standingChoices)[number]
const standing = { standing: z.enum(standingChoices).default('ask') }
export const archiveInput = z.strictObject({ ...seen, ...standing })
export type ArchiveInput = z.infer<typeof archiveInput>

/** The person's full name, typed once more: there is no way back. */
export const eraseInput = z.strictObject({ ...seen, confirm: words(310) })
export type EraseInput = z.infer<typeof eraseInput>

/** A short list comes whole: those in use, or the archived ones. */
export const listRecordsInput = z.strictObject({ archived: z.boolean().default(false) }).prefault({})
export type ListRecordsInput = z.infer<typeof listRecordsInput>

/** As many as one request names one by one. */
export const namedAtMost = 1_000

/** As it was pasted: bounded here, and checked for each item on its own, so that what is wrong is said at its row. */
const cell = z.union([z.string().max(2_000), z.number(), z.boolean(), z.null()]).optional()
export const cells = <K extends string>(keys: readonly K[]) =>
  Object.fromEntries(keys.map((key) => [key, cell])) as Record<K, typeof cell>

/** Many to be added: the fields of `create` as cells, but for those in `others`. */
export function createManyOf<Shape extends z.ZodRawShape, Others extends z.ZodRawShape = Record<never, never>>(
  { shape }: z.ZodObject<Shape>,
  others: Others = {} as Others,
) {
  const plain = cells(Object.keys(shape) as Exclude<keyof Shape & string, keyof Others>[])
  const item = z.strictObject({ ...plain, ...others } as typeof plain & Others)
  return z.strictObject({ items: z.array(item).min(1).max(namedAtMost) })
}

/** The records by name, as they were seen. */
const named = { items: z.array(z.strictObject(seen)).min(1).max(namedAtMost) }
const setOf = <Shape extends z.ZodRawShape>(fields: Shape) =>
  z
    .strictObject(fields)
    .partial()
    .refine((given) => Object.keys(given).length > 0)

/** The same fields for all of them. */
export const updateManyOf = <Shape extends z.ZodRawShape>(fields: Shape) =>
  z.strictObject({ ...named, set: setOf(fields) })
export const archiveManyInput = z.strictObject({ ...named, ...standing })
export const restoreManyInput = z.strictObject(named)

/** The same by name or, from a list that comes in pages, by its filter: all it shows, however many, but for a few. */
export function manyOfList<Filter extends z.ZodType, Shape extends z.ZodRawShape>(
  filter: Filter,
  fields: Shape = {} as Shape,
) {
  /** `expected` is how many the screen said they are. */
  const filtered = { filter, except: z.array(id).max(namedAtMost).default([]), expected: z.int().min(1) }
  const either = <More extends z.ZodRawShape>(more: More) =>
    z.union([z.strictObject({ ...named, ...more }), z.strictObject({ ...filtered, ...more })])
  return { update: either({ set: setOf(fields) }), archive: either(standing), restore: either({}) }
}
