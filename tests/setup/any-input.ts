/** Inputs nobody thought of, made by fast-check from a procedure's zod schema: most nearly right, some quite wrong. */
import fc from 'fast-check'
import type { z } from 'zod'
import { newId } from '../../db/kit.ts'
import type { Json } from './json-schema.ts'
import { jsonOf } from './json-schema.ts'

type Any = fc.Arbitrary<unknown>

const days = [
  '2026-11-20',
  '2026-09-01',
  '2026-02-30',
  '0001-01-01',
  '9999-12-31',
  '1582-10-10',
  '-000001-01-01',
  '24:00',
]
/** What each form of text looks like, right and nearly right. */
const formed = [
  ...days,
  '09:00',
  '10:00',
  '23:59',
  'someone@school.example',
  'A@B.example',
  '07',
  '1',
  'Europe/London',
  'en-GB',
]
const odd = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udfff',
  '\uffff',
  '🙂',
  'é',
  'e\u0301',
  '\u202e',
  '%',
  '_',
  '\\',
  "'; drop table students; --",
  '$1',
  '?',
  '{}',
  '__proto__',
  'constructor',
  'ﬃ'.repeat(40),
  'İ'.repeat(200),
  'x'.repeat(5000),
]
const numbers = [0, -0, 1, -1, 0.5, 2 ** 31, 2 ** 31 - 1, -(2 ** 31) - 1, 2 ** 53, 1e21, 1e308, 5e-324]
const deep = (levels: number): unknown => (levels ? [deep(levels - 1)] : {})

const wrong: Any = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, ...numbers, ...odd, [], {}, [[]], deep(50), deep(3000)),
  fc.jsonValue({ maxDepth: 3 }),
)

const text = ({ format, pattern, maxLength = 200 }: Json, ids: readonly string[]): Any => {
  if (format === 'uuid') return fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...ids) }, fc.constant(newId()))
  if (format === 'date') return fc.constantFrom(...days)
  if (pattern) {
    const fitting = formed.filter((one) => new RegExp(pattern).test(one))
    return fc.constantFrom(...(fitting.length ? fitting : formed))
  }
  return fc.oneof(
    { weight: 4, arbitrary: fc.string({ unit: 'grapheme', maxLength: Math.min(maxLength, 200) }) },
    { weight: 2, arbitrary: fc.constantFrom(...formed) },
    { weight: 2, arbitrary: fc.constantFrom(...odd) },
    { weight: 1, arbitrary: fc.constant('y'.repeat(Math.min(maxLength, 20_000))) },
  )
}

const object = ({ properties = {}, required = [] }: Json, ids: readonly string[]): Any => {
  const fields = Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, anyOf(part, ids)]))
  const right = fc.record(fields, { requiredKeys: required.filter((name) => name in fields) })
  const more = fc.record({ key: fc.constantFrom('id', 'schoolId', '__proto__', 'toString', ''), value: wrong })
  return fc.oneof(
    { weight: 12, arbitrary: right },
    { weight: 1, arbitrary: fc.record(fields, { requiredKeys: [] }) },
    { weight: 1, arbitrary: fc.tuple(right, more).map(([it, { key, value }]) => ({ ...it, [key]: value })) },
  )
}

function right(json: Json, ids: readonly string[]): Any {
  const parts = json.anyOf ?? json.oneOf
  if (parts) return fc.oneof(...parts.map((part) => right(part, ids)))
  if (json.enum) return fc.constantFrom(...json.enum)
  if ('const' in json) return fc.constant(json.const)
  const { minItems = 0, maxItems = 4, minimum = -(2 ** 31), maximum = 2 ** 31 } = json
  switch (json.type) {
    case 'object':
      return object(json, ids)
    case 'array':
      return fc.array(anyOf(json.items ?? {}, ids), {
        minLength: minItems,
        maxLength: Math.max(minItems, Math.min(maxItems, 4)),
      })
    case 'boolean':
      return fc.boolean()
    case 'integer':
    case 'number':
      return fc.oneof(
        fc.constantFrom(
          ...numbers.filter((n) => n >= minimum && n <= maximum),
          Math.max(minimum, Math.min(maximum, 1)),
        ),
        fc.integer({ min: Math.ceil(Math.max(minimum, -(2 ** 31))), max: Math.floor(Math.min(maximum, 2 ** 31 - 1)) }),
      )
    case 'null':
      return fc.constant(null)
    case 'string':
      return text(json, ids)
    default:
      return wrong
  }
}

function anyOf(json: Json, ids: readonly string[]): Any {
  return fc.oneof({ weight: 15, arbitrary: right(json, ids) }, { weight: 1, arbitrary: wrong })
}

/** As many inputs as asked for; the same ones for the same seed. `ids` are of records that exist. */
export function anyInputs(
  schema: z.ZodType | undefined,
  ids: readonly string[],
  count: number,
  seed: number,
): unknown[] {
  const arbitrary = schema ? anyOf(jsonOf(schema), ids) : fc.oneof(fc.constant(undefined), wrong)
  return fc.sample(arbitrary, { numRuns: count, seed })
}
