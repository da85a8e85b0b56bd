/** Two documents of /api/v1: what apps made for the first would stumble over in the second. */
import type { Schema } from './schema.ts'
import { resolverOf } from './schema.ts'
import type { Finding } from './within.ts'
import { within } from './within.ts'
import type { Difference, Way } from './words.ts'

interface Parameter {
  name: string
  in: string
  required?: boolean
  schema?: Schema
}
type Content = Record<string, { schema?: Schema }>
interface Header {
  $ref?: string
  schema?: Schema
}
interface Response {
  content?: Content
  headers?: Record<string, Header>
}
interface Operation {
  operationId?: string
  deprecated?: boolean
  'x-sunset'?: string
  parameters?: Parameter[]
  requestBody?: { required?: boolean; content?: Content }
  responses?: Record<string, Response>
  security?: Record<string, string[]>[]
}
export interface ApiDocument {
  servers?: { url: string }[]
  security?: Record<string, string[]>[]
  paths: Record<string, Record<string, Operation>>
  components?: { schemas?: Record<string, Schema>; securitySchemes?: Record<string, unknown> }
}

const isSuccess = (status: string) => status.startsWith('2')
/** The names in an address are the reader's; only their places count. */
const addressOf = (path: string) => path.replace(/\{\w+\}/g, '{}')
function operationsOf({ paths }: ApiDocument): Map<string, Operation> {
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => [`${method.toUpperCase()} ${addressOf(path)}`, one] as const),
  )
  return new Map(all)
}

class Comparing {
  readonly found: Difference[] = []
  readonly #was: ApiDocument
  readonly #is: ApiDocument

  constructor(was: ApiDocument, is: ApiDocument) {
    this.#was = was
    this.#is = is
  }

  say(where: string, detail: string, sunset?: string): void {
    this.found.push({ who: 'api', where, way: 'whole', kind: 'more', at: '', detail, ...(sunset && { sunset }) })
  }

  add(where: string, way: Way, findings: readonly Finding[]): void {
    this.found.push(...findings.map((one): Difference => ({ who: 'api', where, way, ...one })))
  }

  schemas(where: string, way: Way, was: Schema, is: Schema, at = ''): void {
    const [narrow, wide] = way === 'request' ? [was, is] : [is, was]
    const [ofWas, ofIs] = [resolverOf(this.#was), resolverOf(this.#is)]
    const [ofNarrow, ofWide] = way === 'request' ? [ofWas, ofIs] : [ofIs, ofWas]
    this.add(where, way, within(narrow, wide, { direction: way, ofNarrow, ofWide, open: new Set() }, at))
  }

  contents(where: string, way: Way, was: Content = {}, is: Content = {}, at = ''): void {
    for (const [type, { schema = {} }] of Object.entries(was)) {
      const now = is[type]
      if (now) this.schemas(where, way, schema, now.schema ?? {}, at)
      else this.say(where, `${way === 'request' ? 'takes' : 'answers'} no ${type} any more${at && ` (${at})`}`)
    }
  }

  parameters(where: string, was: readonly Parameter[], is: readonly Parameter[]): void {
    const nameOf = (one: Parameter) => (one.in === 'header' ? one.name.toLowerCase() : one.name)
    const [before, now] = [was, is].map((all) => all.filter((one) => one.in !== 'path')) as [Parameter[], Parameter[]]
    const pairs = before.map(
      (old) => [old, now.find((one) => one.in === old.in && nameOf(one) === nameOf(old))] as const,
    )
    for (const [old, one] of pairs) this.parameter(where, old, one)
    const known = new Set(before.map((one) => `${one.in} ${nameOf(one)}`))
    const added = now.filter((one) => one.required && !known.has(`${one.in} ${nameOf(one)}`))
    this.add(
      where,
      'request',
      added.map((one) => ({ kind: 'needed', at: one.name, detail: '' })),
    )
    this.places(where, was, is)
  }

  parameter(where: string, old: Parameter, one: Parameter | undefined): void {
    const sunset = old.schema?.['x-sunset']
    if (!one) this.add(where, 'request', [{ kind: 'gone', at: old.name, detail: '', ...(sunset && { sunset }) }])
    else this.sameParameter(where, old, one)
  }

  sameParameter(where: string, old: Parameter, one: Parameter): void {
    const [properties, after] = [{ [old.name]: old.schema ?? {} }, { [old.name]: one.schema ?? {} }]
    const required = (isSo?: boolean) => (isSo ? { required: [old.name] } : {})
    const [was, is] = [
      { type: 'object', properties, ...required(old.required) },
      { type: 'object', properties: after, ...required(one.required) },
    ]
    this.schemas(where, 'request', was, is)
  }

  places(where: string, was: readonly Parameter[], is: readonly Parameter[]): void {
    const [before, now] = [was, is].map((all) => all.filter((one) => one.in === 'path'))
    for (const [place, old] of (before ?? []).entries())
      this.schemas(where, 'request', old.schema ?? {}, now?.[place]?.schema ?? {}, old.name)
  }

  responses(where: string, was: Record<string, Response>, is: Record<string, Response>): void {
    for (const status of Object.keys(is))
      if (isSuccess(status) && !was[status]) this.say(where, `may answer ${status}, which was not among the answers`)
    for (const [status, old] of Object.entries(was)) {
      const now = is[status]
      const at = isSuccess(status) ? '' : status
      if (now) {
        this.contents(where, 'answer', old.content, now.content, at)
        this.headers(where, old, now)
      } else if (isSuccess(status)) this.say(where, `answers no ${status} any more`)
    }
  }

  headers(where: string, was: Response, is: Response): void {
    for (const [name, old] of Object.entries(was.headers ?? {})) {
      const now = is.headers?.[name]
      const schemaIn = (one: Header, of: ApiDocument) =>
        (one.$ref ? (resolverOf(of)(one.$ref) as Header) : one).schema ?? {}
      if (!now) this.say(where, `sends no header ${name} any more`)
      else this.schemas(where, 'answer', schemaIn(old, this.#was), schemaIn(now, this.#is), name)
    }
  }

  scopes(where: string, was: Operation, is: Operation): void {
    const of = ({ security }: Operation, document: ApiDocument) =>
      (security ?? document.security ?? []).flatMap((one) => Object.entries(one))
    const known = new Map(of(was, this.#was))
    for (const [scheme, scopes] of of(is, this.#is)) {
      if (!known.has(scheme)) this.say(where, `asks for ${scheme} now`)
      const more = known.has(scheme) ? scopes.filter((scope) => !known.get(scheme)?.includes(scope)) : []
      if (more.length) this.say(where, `needs the scope ${more.join(', ')} now`)
    }
  }

  operation(where: string, was: Operation, is: Operation): void {
    if (was.operationId !== is.operationId)
      this.say(where, `is called ${is.operationId}, and was ${was.operationId}, in apps made of the document`)
    if (was['x-sunset'] && is['x-sunset'] && is['x-sunset'] < was['x-sunset'])
      this.say(where, `stays until ${is['x-sunset']}, and not ${was['x-sunset']}`)
    this.scopes(where, was, is)
    this.parameters(where, was.parameters ?? [], is.parameters ?? [])
    if (is.requestBody?.required && !was.requestBody?.required) this.say(where, 'requires a body now')
    this.contents(where, 'request', was.requestBody?.content, is.requestBody?.content)
    this.responses(where, was.responses ?? {}, is.responses ?? {})
  }

  whole(): void {
    const [was, is] = [this.#was, this.#is]
    for (const { url } of was.servers ?? [])
      if (!is.servers?.some((one) => one.url === url)) this.say('The API', `is not at ${url} any more`)
    for (const [name, scheme] of Object.entries(was.components?.securitySchemes ?? {}))
      if (JSON.stringify(scheme) !== JSON.stringify(is.components?.securitySchemes?.[name]))
        this.say('The API', `lets apps in by ${name} in another way`)
    const now = operationsOf(is)
    for (const [where, operation] of operationsOf(was)) {
      const after = now.get(where)
      if (after) this.operation(where, operation, after)
      else this.say(where, 'is gone', operation['x-sunset'])
    }
  }
}

export function apiBreaks(was: ApiDocument, is: ApiDocument): Difference[] {
  const comparing = new Comparing(was, is)
  comparing.whole()
  return comparing.found
}
