import { z } from 'zod'
import { atName, cursor, email, hasName, names, optional, pageSize, seen, words } from '../input.ts'
import { createManyOf, manyOfList, peopleAlike } from '../records/input.ts'

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
export const updateGuardianInput = z.strictObject({ ...seen, ...z.object({ ...names, ...others }).partial().shape })

const filters = {
  /** Every word must be found in a name, e-mail or phone number; digits match however they are grouped. */
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
