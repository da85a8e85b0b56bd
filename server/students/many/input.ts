import { z } from 'zod'
import { addressKinds, studentStatuses } from '../../../db/values.ts'
import { id, optional, seen, words } from '../../input.ts'
import { standingChoices } from '../../records/input.ts'
import { countStudentsInput, createStudentInput } from '../input.ts'

const atMost = 1_000

/** As it was pasted: bounded here, and checked for each student on her own, so that what is wrong is said at her row. */
const cell = z.union([z.string().max(2_000), z.boolean(), z.null()]).optional()
const cells = <K extends string>(keys: readonly K[]) =>
  Object.fromEntries(keys.map((key) => [key, cell])) as Record<K, typeof cell>
const { addresses, ...fields } = createStudentInput.shape
const addressLines = ['street', 'city', 'region', 'postalCode', 'country'] as const
const address = z.strictObject({ kind: z.enum(addressKinds), ...cells(addressLines) })

export const createManyStudentsInput = z.strictObject({
  students: z
    .array(
      z.strictObject({
        ...cells(Object.keys(fields) as (keyof typeof fields)[]),
        addresses: z.array(address).max(addressKinds.length).optional(),
      }),
    )
    .min(1)
    .max(atMost),
})
export type CreateManyStudentsInput = z.infer<typeof createManyStudentsInput>

/** The students by name, as they were seen. */
const named = { items: z.array(z.strictObject(seen)).min(1).max(atMost) }
/** The students of a list, however many, but for a few; `expected` is how many that were on the screen. */
const filtered = {
  filter: countStudentsInput,
  except: z.array(id).max(atMost).default([]),
  expected: z.int().min(1),
}

const set = z
  .strictObject({
    gradeLevel: optional(words(50)),
    status: z.enum(studentStatuses),
    programId: optional(id),
    isInternational: z.boolean(),
    isCoop: z.boolean(),
  })
  .partial()
  .refine((given) => Object.keys(given).length > 0)

const manyWith = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.union([z.strictObject({ ...named, ...shape }), z.strictObject({ ...filtered, ...shape })])

export const updateManyStudentsInput = manyWith({ set })
export type UpdateManyStudentsInput = z.infer<typeof updateManyStudentsInput>
export const archiveManyStudentsInput = manyWith({ standing: z.enum(standingChoices).default('ask') })
export type ArchiveManyStudentsInput = z.infer<typeof archiveManyStudentsInput>
export const restoreManyStudentsInput = manyWith({})
export type RestoreManyStudentsInput = z.infer<typeof restoreManyStudentsInput>
