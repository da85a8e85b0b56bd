import { z } from 'zod'
import { listPaths } from '../../db/values.ts'
import { seen, words } from '../input.ts'

export const listSavedViewsInput = z.strictObject({ place: z.enum(listPaths) })
export type ListSavedViewsInput = z.infer<typeof listSavedViewsInput>

const fields = {
  name: words(100),
  /** These are the list's URL parameters, such as 'grade=07&sort=number'. */
  search: z.string().max(2000),
  isShared: z.boolean(),
}
export const createSavedViewInput = z.strictObject({ place: z.enum(listPaths), ...fields })
export type CreateSavedViewInput = z.infer<typeof createSavedViewInput>

export const updateSavedViewInput = z.strictObject({ ...seen, ...z.object(fields).partial().shape })
export type UpdateSavedViewInput = z.infer<typeof updateSavedViewInput>
