import { z } from 'zod'
import { flagModes, roles } from '../../db/values.ts'
import { id } from '../input.ts'

const key = z
  .string()
  .max(36)
  .regex(/^[a-z][a-z0-9-]*$/)
export const flagInput = z.strictObject({ key })
export type FlagInput = z.infer<typeof flagInput>

export const findFlagPeopleInput = z.strictObject({ search: z.string().trim().min(1).max(100) })
export type FindFlagPeopleInput = z.infer<typeof findFlagPeopleInput>

const version = z.int().min(0)

/** In the chain each change is one text of at most 10,000 characters. */
const peopleAtMost = 50
const schoolsAtMost = 200
const largestSchoolId = 999_999_999

export const flagRules = {
  mode: z.enum(flagModes),
  percent: z.int().min(0).max(100),
  people: z.array(id).max(peopleAtMost),
  roles: z.array(z.enum(roles)).max(roles.length),
  schools: z.array(z.int().min(1).max(largestSchoolId)).max(schoolsAtMost),
  includesOwners: z.boolean(),
  fromAt: z.iso.datetime().nullable(),
}
export const setFlagInput = z.strictObject({ key, version, ...z.object(flagRules).partial().shape })
export type SetFlagInput = z.infer<typeof setFlagInput>

/** The version is that of the change to undo, which must be the newest. */
export const undoFlagInput = z.strictObject({ key, version: z.int().min(1) })
export type UndoFlagInput = z.infer<typeof undoFlagInput>
