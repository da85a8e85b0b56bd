/** The shape of the answers that were seen, without any of their values: types, keys, and words of known lists. */
import type { Schema } from './schema.ts'
import { listsFor } from './word-lists.ts'

export interface Shape {
  types: Set<'string' | 'number' | 'boolean' | 'null'>
  format?: string | null
  /** The known lists that hold every word seen; null once a word was in none. */
  lists?: readonly (readonly string[])[] | null
  object?: { seen: number; fields: Map<string, { seen: number; shape: Shape }>; others?: Shape }
  array?: { item?: Shape }
}

export const newShape = (): Shape => ({ types: new Set() })

const formats: [name: string, pattern: RegExp][] = [
  ['uuid', /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/],
  ['date', /^\d{4}-\d{2}-\d{2}$/],
  ['date-time', /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/],
]
/** Most texts have the length of none. */
const formatOf = (text: string) =>
  text.length < 10 || text.length > 36 ? null : (formats.find(([, pattern]) => pattern.test(text))?.[0] ?? null)
/** A key of any other form is an id, a day or a code: the object is a map. */
const names = new Map<string, boolean>()
function isName(key: string): boolean {
  const known = names.get(key)
  if (known !== undefined) return known
  const found = /^[a-z][A-Za-z]*$/.test(key)
  names.set(key, found)
  return found
}

function seeText(shape: Shape, text: string, key: string): void {
  const isFirst = !shape.types.has('string')
  shape.types.add('string')
  if (shape.format !== null) {
    const format = formatOf(text)
    shape.format = isFirst || shape.format === format ? format : null
  }
  if (shape.lists === null) return
  const left = (shape.lists ?? listsFor(key)).filter((list) => list.includes(text))
  shape.lists = left.length ? left : null
}

/** Longer lists repeat themselves. */
const lookedAt = 50

function seeItems(shape: Shape, items: readonly unknown[], key: string): void {
  shape.array ??= {}
  if (!items.length) return
  shape.array.item ??= newShape()
  for (let place = 0; place < items.length && place < lookedAt; place++)
    see(shape.array.item, items[place], key.replace(/s$/, ''))
}

function seeFields(shape: Shape, value: object): void {
  shape.object ??= { seen: 0, fields: new Map() }
  const { object } = shape
  object.seen++
  for (const [key, one] of Object.entries(value)) {
    if (one === undefined) continue
    if (!isName(key)) {
      object.others ??= newShape()
      see(object.others, one, '')
      continue
    }
    let field = object.fields.get(key)
    if (!field) {
      field = { seen: 0, shape: newShape() }
      object.fields.set(key, field)
    }
    field.seen++
    see(field.shape, one, key)
  }
}

/** Adds what `value` shows, as it goes over the wire. `key` is the field that holds it. */
export function see(shape: Shape, value: unknown, key = ''): void {
  if (value === null || value === undefined) shape.types.add('null')
  else if (typeof value === 'string') seeText(shape, value, key)
  else if (typeof value === 'number' || typeof value === 'boolean') shape.types.add(typeof value as 'number')
  else if (Array.isArray(value)) seeItems(shape, value, key)
  else if (value instanceof Date) seeText(shape, value.toISOString(), key)
  else if (typeof value === 'object') seeFields(shape, value)
}

function textSchema({ lists, format }: Shape): Schema {
  const [list] = (lists ?? []).toSorted((a, b) => a.length - b.length || (a.join() < b.join() ? -1 : 1))
  return { type: 'string', ...(list && { enum: list.toSorted() }), ...(!list && format && { format }) }
}

function objectSchema({ seen, fields, others }: NonNullable<Shape['object']>): Schema {
  const inOrder = [...fields].toSorted(([a], [b]) => (a < b ? -1 : 1))
  const required = inOrder.filter(([, field]) => field.seen === seen).map(([key]) => key)
  return {
    type: 'object',
    ...(required.length && { required }),
    ...(inOrder.length && {
      properties: Object.fromEntries(inOrder.map(([key, { shape }]) => [key, schemaOf(shape)])),
    }),
    ...(others && { additionalProperties: schemaOf(others) }),
  }
}

/** The same for the same values, in whatever order they were seen. */
export function schemaOf(shape: Shape): Schema {
  const { types, object, array } = shape
  const parts: Schema[] = [
    ...(object ? [objectSchema(object)] : []),
    ...(array ? [{ type: 'array', items: array.item ? schemaOf(array.item) : (false as const) }] : []),
    ...(types.has('string') ? [textSchema(shape)] : []),
    ...(['boolean', 'number', 'null'] as const).filter((type) => types.has(type)).map((type): Schema => ({ type })),
  ]
  const [only = {}, ...others] = parts
  return others.length ? { anyOf: parts } : only
}
