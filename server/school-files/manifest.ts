/** What the files of a school say of themselves, in `manifest.json` among them. */
import { z } from 'zod'
import { locale, timeZone } from '../schools/input.ts'
import { SchoolFilesError } from './school-files-error.ts'

const format = 1
export const slugForm = /^[a-z0-9][a-z0-9-]{0,59}$/
const whole = z.int().min(0)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const text = (max: number) => z.string().max(max)

/** Files of older versions lack these. */
const settings = {
  weekdays: text(7).default('12345'),
  gradeLevels: z.array(z.strictObject({ code: text(50), name: text(50) })).default([]),
  studentNumberPattern: text(50).nullable().default(null),
  studentNumberFrom: z.int().default(1),
  studentNumberLast: whole.default(0),
  studentNumbersGiven: z.array(z.strictObject({ pattern: text(50), from: whole, to: whole })).default([]),
  idleMinutes: z.int().nullable().default(null),
  sessionHours: z.int().nullable().default(null),
  yearBegins: text(5).nullable().default(null),
  yearEnds: text(5).nullable().default(null),
  usualTerms: z.array(z.strictObject({ name: text(100), begins: text(5), ends: text(5) })).default([]),
}

const manifest = z.strictObject({
  format: z.literal(format),
  homeroom: text(100),
  step: text(200),
  exportedAt: z.iso.datetime(),
  school: z.strictObject({
    id: z.int().min(1),
    name: text(200).min(1),
    slug: z.string().regex(slugForm),
    timeZone,
    locale,
    ...settings,
    isDemo: z.boolean(),
    source: text(255).nullable(),
    sourcedId: text(255).nullable(),
    extra: z.record(z.string(), z.string()),
    version: z.int().min(1),
    archivedAt: z.iso.datetime().nullable(),
  }),
  /** The end of its journal; `broken` where that was broken before. */
  journal: z.strictObject({
    number: whole,
    hash: sha256.or(z.literal('')),
    broken: z.strictObject({ number: whole, what: text(1000) }).nullable(),
  }),
  files: z.record(z.string(), z.strictObject({ rows: whole, bytes: whole, sha256 })),
})
export type Manifest = z.infer<typeof manifest>
export type FileFacts = Manifest['files'][string]

const formed = z.looseObject({ format: z.int() })

function parsed(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return undefined
  }
}

export function readManifest(content: string, path: string): Manifest {
  const told = parsed(content)
  const of = formed.safeParse(told)
  if (of.success && of.data.format > format)
    throw new SchoolFilesError(
      `${path} is of form ${of.data.format}, and this version knows form ${format}: import it with the Homeroom that made it, or a newer one`,
    )
  const { success, data, error } = manifest.safeParse(told)
  if (success) return data
  const where = error.issues[0]?.path.join('.')
  throw new SchoolFilesError(
    `The manifest in ${path} can't be read${where ? ` (${where})` : ''}: export the school again`,
  )
}
