/** OpenAPI 3.1, made of the routes. A test compares the committed docs/openapi.json with it. */
import { z } from 'zod'
import type { Json } from './asked.ts'
import { fieldsOf, isNeeded, isNumbered, jsonOf, procedureOf } from './asked.ts'
import { deprecations } from './deprecations.ts'
import { markDeprecated } from './mark-deprecated.ts'
import type { Route } from './routes.ts'
import { routes } from './routes.ts'

const issue = z.object({ path: z.string(), code: z.string().optional(), message: z.string().optional() })
const problem = z
  .object({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.int(),
    reason: z.string().describe('Stable, such as student.number_taken'),
    requestId: z.string().describe('Name it when you ask for help'),
    issues: z.array(issue).optional(),
  })
  .meta({ id: 'Problem' })

const refusals: Record<string, string> = {
  400: 'Something that was sent cannot be used; issues says which fields',
  401: 'No token, or one that opens nothing',
  403: 'The token lacks the scope, or its member may do less',
  404: 'The school of the token has no such record',
  409: 'It collides with what is there; reason says with what',
  429: 'Too many requests; Retry-After says when to go on',
  503: 'The server is busy, or ends, or cannot reach its database; Retry-After says when to go on',
}
const ofSeen = {
  412: 'Somebody else changed the record; read it again',
  428: 'If-Match is missing',
}

/** What a newer release adds to an answer is no break, and a format says as much as its pattern. */
function tidied(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(tidied)
  if (typeof json !== 'object' || json === null) return json
  const { $schema: _, additionalProperties, id: __, pattern, ...rest } = json as Json
  const isMap = typeof additionalProperties === 'object' && Object.keys(additionalProperties ?? {}).length
  const own = {
    ...rest,
    ...(typeof pattern === 'string' && !rest.format && { pattern }),
    ...(isMap && { additionalProperties }),
  }
  const entries = Object.entries(own).map(([key, value]) => [
    key,
    key === '$ref'
      ? String(value).replace('#/$defs/', '#/components/schemas/')
      : key === 'properties'
        ? fields(value)
        : tidied(value),
  ])
  return Object.fromEntries(entries)
}
const fields = (value: unknown) =>
  Object.fromEntries(Object.entries(value as Record<string, Json>).map(([name, json]) => [name, tidied(json)]))

class Components {
  readonly schemas: Record<string, unknown> = {}

  refer(schema: z.ZodType, io: 'input' | 'output' = 'output'): unknown {
    const { $defs = {}, ...json } = jsonOf(schema, io)
    for (const [name, def] of Object.entries($defs as Record<string, Json>)) this.schemas[name] = tidied(def)
    return tidied(json)
  }
}

const content = (schema: unknown, type = 'application/json') => ({ [type]: { schema } })
const header = (name: string, description: string, required: boolean) => ({
  ...{ name, in: 'header', description, required },
  schema: { type: 'string' },
})

/** A query says no null. */
function askable(json: Json = {}): Json {
  const [only, ...others] = ((json.anyOf ?? [json]) as Json[]).filter(({ type }) => type !== 'null')
  return only && !others.length ? only : json
}

function parametersOf(route: Route) {
  const own = fieldsOf(route)
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    ...{ name, in: 'path', required: true },
    schema: { type: 'string', format: 'uuid' },
  }))
  const inQuery = (route.query ?? []).map((name) => ({
    ...{ name, in: 'query', required: isNeeded(route, name) },
    schema: name === 'cursor' ? { type: 'string', description: 'next of the page before' } : tidied(askable(own[name])),
  }))
  const seen = route.isSeen ? [header('If-Match', 'The ETag that you saw, such as "3"', true)] : []
  const key = [header('Idempotency-Key', 'The same key again repeats nothing, and answers the same', false)]
  return [...inPath, ...inQuery, ...seen, ...(route.method === 'GET' ? [] : key)]
}

/** What the address and If-Match say is not in the body. */
function bodyOf(route: Route) {
  const [input] = procedureOf(route)._def.inputs
  if (route.method === 'GET' || !input) return {}
  const { properties = {}, required = [], ...json } = jsonOf(input, 'input')
  const said = new Set([...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))
  if (route.isSeen) said.add('version')
  const left = Object.fromEntries(Object.entries(properties).filter(([name]) => !said.has(name)))
  const needed = required.filter((name) => !said.has(name))
  const schema = tidied({ ...json, properties: left, ...(needed.length && { required: needed }) })
  return { requestBody: { required: true, content: content(schema) } }
}

function answerOf(route: Route, components: Components) {
  const one = components.refer(route.answer)
  if (!route.isList) return one
  const next = isNumbered(route) ? { type: 'integer' } : { type: ['string', 'null'] }
  const properties = { items: { type: 'array', items: one }, next }
  return { type: 'object', required: ['items', 'next'], properties }
}

const sent: Record<string, string> = {
  RateLimit: 'How many requests are left, and for how many seconds',
  ETag: 'The version, for If-Match',
  Location: 'Where it is',
  'Retry-After': 'In so many seconds, ask again',
}
const headers = Object.fromEntries(
  Object.entries(sent).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
)
const sending = (names: string[]) => ({
  headers: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }])),
})
function headersOf(route: Route) {
  const isVersioned = !route.isList && route.answer instanceof z.ZodObject && 'version' in route.answer.shape
  return sending(['RateLimit', ...(isVersioned ? ['ETag'] : []), ...(route.creates ? ['Location'] : [])])
}
const waits = (status: string) => (['429', '503'].includes(status) ? sending(['Retry-After']) : {})

/** `students.get` is `getStudents` to an app that is made of the document. */
const operationId = ({ method, path }: Route) =>
  `${method.toLowerCase()}${path.replace(/\W+(\w)/g, (_, letter: string) => letter.toUpperCase()).replace(/\W/g, '')}`

function operationOf(route: Route, components: Components) {
  const scopes = [
    ...new Set([procedureOf(route)._def.meta?.permission, route.also].filter((scope) => scope !== undefined)),
  ]
  const refused = { ...refusals, ...(route.isSeen && ofSeen) }
  const responses = Object.entries(refused).map(([status, description]) => [
    status,
    { description, ...waits(status), content: content(components.refer(problem), 'application/problem+json') },
  ])
  const answered = { description: route.summary, ...headersOf(route), content: content(answerOf(route, components)) }
  return {
    operationId: operationId(route),
    summary: route.summary,
    description: `Scopes: ${scopes.join(', ')}`,
    security: [{ token: scopes }],
    parameters: parametersOf(route),
    ...bodyOf(route),
    responses: { [route.creates ? 201 : 200]: answered, ...Object.fromEntries(responses) },
  }
}

function make() {
  const components = new Components()
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) {
    paths[route.path] ??= {}
    Object.assign(paths[route.path] as object, { [route.method.toLowerCase()]: operationOf(route, components) })
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Homeroom', version: 'v1', description: 'How apps ask the register. docs/api.md tells more.' },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }],
    paths,
    components: {
      schemas: components.schemas,
      headers,
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
  }
}

let made: ReturnType<typeof make> | undefined
export function apiDocument(): ReturnType<typeof make> {
  made ??= markDeprecated(make(), deprecations)
  return made
}
