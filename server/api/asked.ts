/** What an app asks, as the procedure's input, and the procedure's answer, as the app is told. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { DomainError } from '../errors.ts'
import { appRouter } from '../router.ts'
import type { Route } from './routes.ts'

interface Procedure {
  _def: { type: 'query' | 'mutation'; meta?: { permission: string }; inputs: z.ZodType[] }
}
export const procedureOf = ({ procedure }: Pick<Route, 'procedure'>): Procedure => {
  const found = (appRouter._def.procedures as unknown as Record<string, Procedure>)[procedure]
  if (!found) throw new Error(`no procedure is called ${procedure}`)
  return found
}

export interface Json {
  type?: string
  properties?: Record<string, Json>
  required?: string[]
  [key: string]: unknown
}
export const jsonOf = (schema: z.ZodType, io: 'input' | 'output' = 'output'): Json =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json

/** The names of the schemas that its answers are made of. */
export const schemasOf = ({ answer }: Pick<Route, 'answer'>): string[] => Object.keys(jsonOf(answer).$defs ?? {})

const inputs = new Map<string, Json>()
function inputOf(route: Pick<Route, 'procedure'>): Json {
  const known = inputs.get(route.procedure)
  if (known) return known
  const [schema] = procedureOf(route)._def.inputs
  const json = schema ? jsonOf(schema, 'input') : {}
  inputs.set(route.procedure, json)
  return json
}
export const fieldsOf = (route: Pick<Route, 'procedure'>): Record<string, Json> => inputOf(route).properties ?? {}
export const isNeeded = (route: Pick<Route, 'procedure'>, field: string): boolean =>
  inputOf(route).required?.includes(field) ?? false

const refuse = (field: string): never => {
  throw new DomainError('input.invalid', { issues: [{ path: field }] })
}

/** A cursor is opaque: the place of the last row in the order. */
export const cursorText = (next: unknown): string | null =>
  next === null || next === undefined ? null : Buffer.from(JSON.stringify(next)).toString('base64url')
function cursorIn(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  } catch {
    return refuse('cursor')
  }
}

function valueIn(field: string, text: string, json: Json | undefined): unknown {
  if (field === 'cursor') return cursorIn(text)
  if (json?.type === 'boolean') return text === 'true' ? true : text === 'false' ? false : refuse(field)
  if (json?.type === 'integer') return /^\d{1,15}$/.test(text) ? Number(text) : refuse(field)
  return text
}

/** Throws `input.invalid` for a field that the route does not take, and for one that is given twice. */
export function fromQuery(route: Route, search: URLSearchParams): Record<string, unknown> {
  const given: Record<string, unknown> = {}
  for (const [field, text] of search) {
    if (!route.query?.includes(field) || field in given) refuse(field)
    given[field] = valueIn(field, text, fieldsOf(route)[field])
  }
  return given
}

/** Throws `version.missing` without the header, and `input.invalid` for what no version of ours looks like. */
export function versionIn(header: string | undefined): number {
  if (header === undefined) throw new DomainError('version.missing')
  const [, digits] = /^"(\d{1,9})"$/.exec(header.trim()) ?? []
  return digits ? Number(digits) : (refuse('If-Match') as never)
}

/** An operation's id is a UUIDv7. The app's own key is hashed into one, which no other token's key meets. */
export function operationIdOf(tokenId: string, key: string): string {
  const digits = createHash('sha256').update(`${tokenId} ${key}`).digest('hex')
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `7${digits.slice(13, 16)}`,
    `8${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join('-')
}

/** A number of the journal, where to go on, is no cursor. */
export const isNumbered = ({ query }: Route): boolean => query?.includes('after') ?? false

type Page = { rows: unknown[]; next?: unknown }
/** Whatever a screen is answered besides is left out here. */
export function told(route: Route, answered: unknown): unknown {
  const answer = route.under ? (answered as Record<string, unknown>)[route.under] : answered
  if (!route.isList) return route.answer.parse(answer)
  const { next = null } = answered as Partial<Page>
  const rows = Array.isArray(answer) ? answer : (answer as Page).rows
  return { items: z.array(route.answer).parse(rows), next: isNumbered(route) ? next : cursorText(next) }
}
