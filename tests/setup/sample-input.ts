/** Valid inputs for any procedure, made from its zod schema: for tests that walk the whole router. */
import type { z } from 'zod'
import { newId } from '../../db/kit.ts'
import { appRouter } from '../../server/router.ts'
import type { Json } from './json-schema.ts'
import { jsonOf } from './json-schema.ts'

interface Procedure {
  _def: { type: 'query' | 'mutation' | 'subscription'; meta?: { permission?: string; once?: true }; inputs: unknown[] }
}
export const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>)

export const inputOf = ({ _def }: Procedure): z.ZodType | undefined => _def.inputs[0] as z.ZodType | undefined

const texts: Record<string, () => string> = {
  uuid: newId,
  date: () => '2026-11-20',
  email: () => 'someone@school.example',
}

/** What is trimmed first has lost its format by the time it is checked. */
const byName: Record<string, string> = { email: 'someone@school.example' }

function sample(json: Json): unknown {
  if (json.enum) return json.enum[0]
  if (json.anyOf) return sample(json.anyOf[0] ?? {})
  if (json.type === 'object') {
    const given = (json.required ?? []).map((key) => [key, byName[key] ?? sample(json.properties?.[key] ?? {})])
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

/** The names of the input's fields that hold a record's id. */
export function idFields(schema: z.ZodType): string[] {
  const isId = (json: Json): boolean => json.format === 'uuid' || (json.anyOf ?? []).some(isId)
  return Object.entries(jsonOf(schema).properties ?? {})
    .filter(([, json]) => isId(json))
    .map(([name]) => name)
}

/** Every object in the input, nested ones too. */
export function objectsIn(json: Json): Json[] {
  const nested = [...Object.values(json.properties ?? {}), ...(json.anyOf ?? []), json.items ?? {}]
  return [
    ...(json.type === 'object' ? [json] : []),
    ...nested.flatMap((part) => (Object.keys(part).length ? objectsIn(part) : [])),
  ]
}
export const inputObjects = (schema: z.ZodType): Json[] => objectsIn(jsonOf(schema))
