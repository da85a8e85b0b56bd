import { z } from 'zod'
import { guardianRelations } from '../../db/values.ts'
import { atName, cursor, email, hasName, names, optional, pageSize, seen, words } from '../input.ts'
import { cells, createManyOf, manyOfList, peopleAlike } from '../records/input.ts'

const others = {
  middleName: optional(words(100)),
  preferredName: optional(words(100)),
  email: optional(email),
  phone: optional(words(50)),
  otherPhone: optional(words(50)),
}

export const createGuardianInput = z
  .strictObject({ ...names, ...z.object(others).partial().shape })
  .refine(hasName, atName)

export const pastedGuardianInput = z
  .strictObject({ relation: z.enum(guardianRelations), ...names, ...z.object(others).partial().shape })
  .refine(hasName, atName)
export type PastedGuardianInput = z.infer<typeof pastedGuardianInput>
export const guardianCells = z.strictObject(
  cells(Object.keys(pastedGuardianInput.shape) as (keyof PastedGuardianInput)[]),
)

export const updateGuardianInput = z.strictObject({ ...seen, ...z.object({ ...names, ...others }).partial().shape })

const filters = {
  search: z.string().max(200).default(''),
  archived: z.boolean().default(false),
}
export const countGuardiansInput = z.strictObject(filters)

export const listGuardiansInput = z.strictObject({
  ...filters,
  descending: z.boolean().default(false),
  cursor,
  limit: pageSize,
})
export type ListGuardiansInput = z.infer<typeof listGuardiansInput>

export const alikeGuardiansInput = z.strictObject({ people: peopleAlike })
export type AlikeGuardiansInput = z.infer<typeof alikeGuardiansInput>

export const createManyGuardiansInput = createManyOf(createGuardianInput)
/** Guardians have no field that is set for many at once. */
export const { archive: archiveManyGuardiansInput, restore: restoreManyGuardiansInput } =
  manyOfList(countGuardiansInput)
