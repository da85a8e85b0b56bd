import { z } from 'zod'
import { addressKinds } from '../../db/values.ts'
import { id, version } from '../input.ts'
import type { StudentFieldName } from '../students/input.ts'
import { studentFieldNames } from '../students/input.ts'

/** Both records' days at the school stay. */
type OwnField = Exclude<StudentFieldName, 'entryDate'>
const ownFields = studentFieldNames.filter((name): name is OwnField => name !== 'entryDate')
export const mergeFields = [...ownFields, ...addressKinds] as const
export type MergeField = (typeof mergeFields)[number]

export const mergePreviewInput = z.strictObject({ id, intoId: id })
export type MergePreviewInput = z.infer<typeof mergePreviewInput>

export const mergeInput = z.strictObject({
  /** The record that goes. */
  id,
  version,
  intoId: id,
  intoVersion: version,
  /** Fields whose value comes from the going record; what the other lacks comes from it anyway. */
  take: z.array(z.enum(mergeFields)).max(mergeFields.length).default([]),
})
export type MergeInput = z.infer<typeof mergeInput>
