/** The client imports this file too. */
import { z } from 'zod'

/** Something in it can be seen, if it is not empty. */
const visible = /^$|[^\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Z}]/u

export const words = (max: number) => z.string().trim().min(1).max(max).regex(visible)

/** A person may have one name only: the other one is empty then. */
const name = z.string().trim().max(100).regex(visible)
export const names = { givenName: name, familyName: name }
export const hasName = ({ givenName, familyName }: Record<keyof typeof names, string>): boolean =>
  givenName !== '' || familyName !== ''
export const atName = { path: ['givenName'] }

/** An empty field of a form is null. */
export const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (typeof value === 'string' && value.trim() === '' ? null : value), schema.nullable())

export const id = z.uuid().toLowerCase()
export const version = z.int().min(1)
export const seats = z.int().min(0).max(100_000)
export const email = z.string().trim().toLowerCase().max(320).pipe(z.email())

/** A write names the version that its caller saw. An update names only the fields to change. */
export const seen = { id, version }

export const byId = z.strictObject({ id })

/** The cursor is the last row's position in the order, as `list` returned it. */
export const cursor = z.strictObject({ key: z.string().max(600), name: z.string().max(600), id }).nullish()
/** A screen asks for a few hundred rows, an export for the most. */
export const pageSize = z.int().min(1).max(1_000).default(50)
