/** The document with what goes: `deprecated`, the day as `x-sunset`, and what to use instead. */
import type { Deprecation, Deprecations } from './deprecations.ts'

interface Part {
  description?: string
  properties?: Record<string, object>
}
interface Operation {
  parameters: { name: string; schema: object }[]
  requestBody?: { content: Record<string, { schema: Part }> }
}
interface Document {
  paths: Record<string, Record<string, unknown>>
  components: { schemas: Record<string, unknown> }
}

function mark(part: Part | undefined, { sunset, instead }: Deprecation, name: string): void {
  if (!part) throw new Error(`server/api/deprecations.ts names ${name}, which the API does not have`)
  Object.assign(part, {
    deprecated: true,
    'x-sunset': sunset,
    description: [part.description, `Until ${sunset}. Instead: ${instead}`].filter(Boolean).join('. '),
  })
}

function partOf({ paths, components }: Document, name: string): Part | undefined {
  const [method = '', path = '', field] = name.split(' ')
  if (!path) {
    const [schema = '', key = ''] = name.split('.')
    return (components.schemas[schema] as Part | undefined)?.properties?.[key]
  }
  const operation = paths[path]?.[method.toLowerCase()] as Operation | undefined
  if (!field) return operation as Part | undefined
  const parameter = operation?.parameters.find((one) => one.name === field)
  const body = Object.values(operation?.requestBody?.content ?? {})[0]
  return parameter?.schema ?? body?.schema.properties?.[field]
}

/** Throws for a name of nothing. */
export function markDeprecated<Made extends Document>(document: Made, table: Deprecations): Made {
  for (const [name, one] of Object.entries(table)) mark(partOf(document, name), one, name)
  return document
}
