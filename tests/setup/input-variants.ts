/** Many inputs for one procedure, made from its zod schema: each field in turn takes every value there is for it. */
import type { z } from 'zod'
import type { Json } from './json-schema.ts'
import { jsonOf } from './json-schema.ts'

export interface Pools {
  /** The ids for a field of this name. */
  ids(field: string): string[]
  /** What to type into a text field. */
  texts: string[]
}

/** The date and the times of the marked schools' meetings, a flag, and whatever else texts of a form look like. */
const formed = ['2026-11-20', '09:00', '10:00', 'someone@school.example', '07', '1', 'move-page']
const formats: Record<string, string[]> = { date: ['2026-11-20', '2026-09-01'], email: ['someone@school.example'] }

function textsFor(json: Json, pools: Pools): unknown[] {
  const known = formats[json.format ?? '']
  if (known) return known
  const pattern = json.pattern === undefined ? undefined : new RegExp(json.pattern)
  if (pattern) return formed.filter((text) => pattern.test(text))
  return pools.texts
}

function objects(json: Json, pools: Pools): Record<string, unknown>[] {
  // A cursor is a place in a list that its caller made up or was given: other places, other pages.
  const fields = Object.entries(json.properties ?? {})
    .filter(([name]) => name !== 'cursor')
    .map(([name, part]) => [name, variants(part, pools, name)] as const)
  const needed = fields.filter(([name]) => json.required?.includes(name))
  const least: Record<string, unknown> = {}
  // Two ids that are needed are of two records: to merge them, to compare them.
  for (const [name, values] of needed)
    least[name] = values.find((value) => values.length < 2 || !Object.values(least).includes(value)) ?? values[0]
  return [least, ...fields.flatMap(([name, values]) => values.map((value) => ({ ...least, [name]: value })))]
}

function lists(json: Json, pools: Pools, field: string): unknown[][] {
  const items = variants(json.items ?? {}, pools, field)
  return [...(json.minItems ? [] : [[]]), ...items.map((item) => [item])]
}

function variants(json: Json, pools: Pools, field: string): unknown[] {
  if (json.enum) return json.enum
  if ('const' in json) return [json.const]
  if (json.anyOf) return json.anyOf.flatMap((part) => variants(part, pools, field))
  if (json.format === 'uuid') return pools.ids(field)
  switch (json.type) {
    case 'object':
      return objects(json, pools)
    case 'array':
      return lists(json, pools, field)
    case 'boolean':
      return [true, false]
    case 'integer':
    case 'number':
      return [Math.max(json.minimum ?? 1, Math.min(json.maximum ?? 100, 100))]
    case 'null':
      return [null]
    default:
      return textsFor(json, pools)
  }
}

/** Inputs for the schema, each once; `[undefined]` for a procedure that takes none. */
export function inputVariants(schema: z.ZodType | undefined, pools: Pools): unknown[] {
  if (!schema) return [undefined]
  const all = variants(jsonOf(schema), pools, '')
  return [...new Map(all.map((input) => [JSON.stringify(input), input])).values()]
}
