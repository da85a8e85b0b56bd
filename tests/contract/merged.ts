/** Two recorded answers as one: what was seen in either may be answered. */
import type { Schema } from './schema.ts'

const partsOf = (schema: Schema): Schema[] => schema.anyOf ?? (schema.type ? [schema] : [])
const order = ['object', 'array', 'string', 'boolean', 'number', 'null']

function mergedText(a: Schema, b: Schema): Schema {
  const words = (a.enum && b.enum && [...new Set([...a.enum, ...b.enum])].toSorted()) || undefined
  const isSame = a.format === b.format
  return { type: 'string', ...(words && { enum: words }), ...(!words && isSame && a.format && { format: a.format }) }
}

function mergedObjects(a: Schema, b: Schema): Schema {
  const names = [...new Set([...Object.keys(a.properties ?? {}), ...Object.keys(b.properties ?? {})])].toSorted()
  const [mine, theirs] = [a.properties ?? {}, b.properties ?? {}]
  const required = names.filter((name) => a.required?.includes(name) && b.required?.includes(name))
  const [others, more] = [a.additionalProperties, b.additionalProperties]
  const both = typeof others === 'object' && typeof more === 'object' ? mergedAnswers(others, more) : (others ?? more)
  return {
    type: 'object',
    ...(required.length && { required }),
    ...(names.length && {
      properties: Object.fromEntries(names.map((name) => [name, mergedAnswers(mine[name] ?? {}, theirs[name] ?? {})])),
    }),
    ...(both && { additionalProperties: both }),
  }
}

function mergedParts(a: Schema, b: Schema): Schema {
  if (a.type === 'object') return mergedObjects(a, b)
  if (a.type === 'string') return mergedText(a, b)
  if (a.type !== 'array') return a
  return { type: 'array', items: a.items && b.items ? mergedAnswers(a.items, b.items) : a.items || b.items || false }
}

export function mergedAnswers(a: Schema, b: Schema): Schema {
  const [mine, theirs] = [partsOf(a), partsOf(b)]
  const parts = order.flatMap((type) => {
    const [one, other] = [mine.find((part) => part.type === type), theirs.find((part) => part.type === type)]
    if (one && other) return [mergedParts(one, other)]
    return one || other ? [(one ?? other) as Schema] : []
  })
  const [only = {}, ...others] = parts
  return others.length ? { anyOf: parts } : only
}
