import { z } from 'zod'
import { missingKinds } from '../../db/values.ts'
import { byId, id, words } from '../input.ts'

/** In bytes, as it is sent. */
export const largestUpload = 100_000_000

export const compareImportInput = z.strictObject({
  id,
  /** The system whose ids the bundle carries; what the manifest says where it is missing. */
  source: words(255).optional(),
  /** The bundle's id for this school, which was made by hand. */
  adopt: words(255).optional(),
  endMissing: z.boolean().optional(),
})
export type CompareImportInput = z.infer<typeof compareImportInput>

export const applyImportInput = z.strictObject({
  id,
  /** What `get` said of the comparison that was looked at; another one is not brought in. */
  changedAt: z.iso.datetime().optional(),
  /** Rejected rows are left out; otherwise they stop the import. */
  skipInvalid: z.boolean().default(false),
  acceptShrink: z.boolean().default(false),
})
export type ApplyImportInput = z.infer<typeof applyImportInput>

export const oneImportInput = byId
export type OneImportInput = z.infer<typeof oneImportInput>

export const changeCounts = ['new', 'changed', 'archived'] as const

export const importChangesInput = z.strictObject({
  id,
  entity: z.string().max(40),
  counted: z.enum(changeCounts),
  page: z.int().min(0).max(1000).default(0),
})
export type ImportChangesInput = z.infer<typeof importChangesInput>

export const importFindingsInput = z.strictObject({ id, kind: z.enum(['rejected', 'warnings']) })
export type ImportFindingsInput = z.infer<typeof importFindingsInput>

export const importSourceFindingsInput = z.strictObject({
  source: z.string().max(255),
  kind: z.enum(['rejected', 'warnings']),
})
export type ImportSourceFindingsInput = z.infer<typeof importSourceFindingsInput>

export const missingInPart = 1000
export const importMissingInput = z.strictObject({
  id,
  kind: z.enum(missingKinds),
  part: z.int().min(0).max(10_000).default(0),
})
export type ImportMissingInput = z.infer<typeof importMissingInput>

export const importOperationInput = z.strictObject({ operationId: id })
export type ImportOperationInput = z.infer<typeof importOperationInput>
