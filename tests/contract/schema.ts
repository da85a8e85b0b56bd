/** The part of JSON Schema that zod writes and OpenAPI reads. */
export interface Schema {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  items?: Schema | false
  prefixItems?: Schema[]
  format?: string
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  exclusiveMaximum?: number
  multipleOf?: number
  minItems?: number
  maxItems?: number
  default?: unknown
  deprecated?: boolean
  'x-sunset'?: string
  /** More words may come: who reads it leaves out those it does not know. */
  'x-extensible-enum'?: boolean
  $defs?: Record<string, Schema>
}

/** One of the shapes a value may have: of one type, or of any. */
export interface Atom extends Schema {
  type?: string
  words?: unknown[]
}

/** Where the names of a document lead. */
export type Resolve = (ref: string) => Schema

export const resolverOf =
  (root: unknown): Resolve =>
  (ref) =>
    ref
      .replace(/^#\//, '')
      .split('/')
      .reduce((part, name) => (part as Record<string, unknown>)[name] as object, root as object) as Schema

const typeOfWord = (word: unknown) => (word === null ? 'null' : typeof word)

function ofWords(words: readonly unknown[], rest: Schema): Atom[] {
  const types = [...new Set(words.map(typeOfWord))]
  return types.map((type) => ({ ...rest, type, words: words.filter((word) => typeOfWord(word) === type) }))
}

function merged(parts: readonly Schema[]): Schema {
  const whole = Object.assign({}, ...parts) as Schema
  const properties = Object.assign({}, ...parts.map((part) => part.properties))
  const required = [...new Set(parts.flatMap((part) => part.required ?? []))]
  return { ...whole, ...(Object.keys(properties).length && { properties, required }) }
}

/** All the shapes that it allows, each of one type. */
export function atomsOf(schema: Schema, resolve: Resolve): Atom[] {
  const { $ref, anyOf, oneOf, allOf, ...rest } = schema
  if ($ref !== undefined) return atomsOf(resolve($ref), resolve)
  const choices = anyOf ?? oneOf
  if (choices) return choices.flatMap((one) => atomsOf(one, resolve))
  if (allOf) return atomsOf(merged([rest, ...allOf.map((one) => (one.$ref ? resolve(one.$ref) : one))]), resolve)
  const { enum: words = 'const' in rest ? [rest.const] : undefined, type, const: _, ...more } = rest
  if (words) return ofWords(words, more)
  if (Array.isArray(type)) return type.map((one) => ({ ...more, type: one }))
  if (type === undefined && more.properties) return [{ ...more, type: 'object' }]
  return [{ ...more, ...(type !== undefined && { type }) }]
}
