/** Valid inputs for any procedure, made from its zod schema: for tests that walk the whole router. */
import type { z } from 'zod'
import { newId } from '../../db/kit.ts'
import { appRouter } from '../../server/router.ts'
import type { Json } from './json-schema.ts'
import { jsonOf } from './json-schema.ts'

interface Procedure {
  _def: {
    type: 'query' | 'mutation' | 'subscription'
    meta?: { permission?: string; once?: true; fresh?: true }
    inputs: unknown[]
  }
}
export const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>)

export const inputOf = ({ _def }: Procedure): z.ZodType | undefined => _def.inputs[0] as z.ZodType | undefined

const texts: Record<string, () => string> = {
  uuid: newId,
  date: () => '2026-11-20',
  'date-time': () => '2026-11-20T09:00:00Z',
  email: () => 'someone@school.example',
}

/** What is trimmed first has lost its format by the time it is checked; times have a pattern. */
const byName: Record<string, string> = {
  ...{ email: 'someone@school.example', startTime: '09:00', endTime: '09:50' },
  ...{ content: 'AAAA', photo: '0'.repeat(64), key: 'move-page' },
}

const isUuid = (json: Json): boolean => json.format === 'uuid' || (json.anyOf ?? []).some(isUuid)

/** What must be there, though the schema alone does not say so: a day of a meeting, and something to set. */
function neededIn({ properties = {}, required = [] }: Json, field: string): string[] {
  if (field === 'set' && !required.length) {
    const names = Object.keys(properties)
    const easy = names.filter((name) => properties[name]?.enum ?? isUuid(properties[name] ?? {}))
    return [...easy, ...names].slice(0, 1)
  }
  return properties.weekday ? ['weekday', ...required] : required
}

function sample(json: Json, field = ''): unknown {
  if (json.enum) return json.enum[0]
  if (json.anyOf) return sample(json.anyOf[0] ?? {}, field)
  if (json.type === 'object') {
    const given = neededIn(json, field).map((key) => [key, byName[key] ?? sample(json.properties?.[key] ?? {}, key)])
    return Object.fromEntries(given)
  }
  if (json.type === 'array') return Array.from({ length: json.minItems ?? 0 }, () => sample(json.items ?? {}))
  if (json.type === 'boolean') return true
  if (json.type === 'integer' || json.type === 'number') return Math.max(1, json.minimum ?? 1)
  return texts[json.format ?? '']?.() ?? 'x'.repeat(Math.max(1, json.minLength ?? 1))
}

/** The least a procedure takes. */
export const sampleInput = (schema: z.ZodType): Record<string, unknown> =>
  sample(jsonOf(schema)) as Record<string, unknown>

export interface Place {
  /** The field's name; 'studentId' for 'studentIds'. */
  field: string
  path: string
  json: Json
  /** The least input that has `value` there. The other ids it needs are those of `known`, by the field's name. */
  input(value: unknown, known: (field: string) => string | undefined): unknown
}

/** `value` with known records in the place of ids, as far as the schema names them. */
function withKnown(json: Json, value: unknown, field: string, known: (field: string) => string | undefined): unknown {
  if (json.format === 'uuid') return known(field) ?? value
  if (json.anyOf) return withKnown(json.anyOf[0] ?? {}, value, field, known)
  if (Array.isArray(value)) return value.map((item) => withKnown(json.items ?? {}, item, singular(field), known))
  if (json.type !== 'object') return value
  const fields = Object.entries(value as object)
  return Object.fromEntries(fields.map(([key, one]) => [key, withKnown(json.properties?.[key] ?? {}, one, key, known)]))
}
const singular = (field: string) => field.replace(/Ids$/, 'Id')

type Wanted = (json: Json) => boolean
function placesIn(json: Json, field: string, path: string, wanted: Wanted): Place[] {
  const own: Place[] = wanted(json) ? [{ field, path, json, input: (value) => value }] : []
  if (json.anyOf) return [...own, ...json.anyOf.flatMap((part) => placesIn(part, field, path, wanted))]
  const around = (part: Json, key: string, at: string, put: (own: unknown, inner: unknown) => unknown) =>
    placesIn(part, key, at, wanted).map((place) => ({
      ...place,
      input: (value: unknown, known: (name: string) => string | undefined) =>
        put(withKnown(json, sample(json, field), field, known), place.input(value, known)),
    }))
  const items =
    json.type === 'array'
      ? around(json.items ?? {}, singular(field), `${path}[]`, (least, inner) => [
          inner,
          ...(least as unknown[]).slice(1),
        ])
      : []
  const fields = Object.entries(json.properties ?? {}).flatMap(([key, part]) =>
    around(part, key, path ? `${path}.${key}` : key, (least, inner) => ({ ...(least as object), [key]: inner })),
  )
  return [...own, ...items, ...fields]
}
/** The least a procedure takes, of records that are there: `known` names them by the field. */
export const leastInput = (schema: z.ZodType, known: (field: string) => unknown): unknown => {
  const json = jsonOf(schema)
  return withKnown(json, sample(json), '', (field) => known(field) as string | undefined)
}

/** Every place of the input that takes what is wanted, in lists and in objects too. */
export const placesOf = (schema: z.ZodType, wanted: Wanted): Place[] => placesIn(jsonOf(schema), '', '', wanted)
export const idPlaces = (schema: z.ZodType): Place[] => placesOf(schema, ({ format }) => format === 'uuid')

/** Every object in the input, nested ones too. */
export function objectsIn(json: Json): Json[] {
  const nested = [...Object.values(json.properties ?? {}), ...(json.anyOf ?? []), json.items ?? {}]
  return [
    ...(json.type === 'object' ? [json] : []),
    ...nested.flatMap((part) => (Object.keys(part).length ? objectsIn(part) : [])),
  ]
}
export const inputObjects = (schema: z.ZodType): Json[] => objectsIn(jsonOf(schema))
