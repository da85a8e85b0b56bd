/** Apps authenticate by a token, never by a cookie. */
import { TRPCError } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import type { Hono, Context as HonoContext, MiddlewareHandler } from 'hono'
import { z } from 'zod'
import type { Database } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import type { Permission } from '../access.ts'
import { allows } from '../access.ts'
import { fromQuery, operationIdOf, procedureOf, schemasOf, told, versionIn } from '../api/asked.ts'
import type { Going } from '../api/deprecations.ts'
import { deprecationHeaders, deprecations, goingOf, usedOf } from '../api/deprecations.ts'
import { apiDocument } from '../api/document.ts'
import { apiPage } from '../api/page.ts'
import type { Route } from '../api/routes.ts'
import { routes } from '../api/routes.ts'
import type { Bearer } from '../api-tokens/bearer.ts'
import { findBearer } from '../api-tokens/bearer.ts'
import { usesOf } from '../api-tokens/uses.ts'
import { countAttempt, networkOf } from '../auth/rate-limit.ts'
import { DomainError, domainError } from '../errors.ts'
import { appRouter } from '../router.ts'
import type { RequestContext } from '../trpc.ts'
import { createCallerFactory, fieldIssues, httpCodeOf, insufficientStorage } from '../trpc.ts'
import { tokensIn } from './cookie.ts'
import type { AppOptions, HonoEnv } from './http.ts'
import type { Overload } from './overload.ts'
import { inTurn } from './overload.ts'
import type { Status } from './problem.ts'
import { problem } from './problem.ts'
import { bodyOf, contextOf, json, largestBody, note, retryAfter } from './rpc.ts'
import { perMinute, TokenRate } from './token-rate.ts'
import { WriteLimit } from './write-limit.ts'

type C = HonoContext<HonoEnv>
const root = '/api/v1'
const wrongTokens = 100

/** Throws `request.two_ways`, `token.missing`, `token.not_valid`, or `session.too_many_attempts` after many wrong tokens. */
async function bearerOf(c: C, options: AppOptions, context: RequestContext): Promise<Bearer> {
  const { headers } = c.env.incoming
  if (tokensIn(c.var.caller.https, options.installation, headers.cookie).length)
    throw new DomainError('request.two_ways')
  const [, token] = /^bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? []
  if (!token) throw new DomainError('token.missing')
  const found = await findBearer(options.db, token, context.now)
  if (found) return found
  await countAttempt(context, `token:network:${networkOf(context.address)}`, wrongTokens)
  throw new DomainError('token.not_valid')
}

function countRequest(c: C, rate: TokenRate, tokenId: string, now: Date): void {
  const { isAllowed, left, resets } = rate.count(tokenId, now.getTime())
  c.header('ratelimit-policy', `"token";q=${perMinute};w=60`)
  c.header('ratelimit', `"token";r=${left};t=${resets}`)
  if (!isAllowed) throw new DomainError('request.too_many', { retryAfter: resets })
}

async function sentBody(c: C): Promise<Record<string, unknown>> {
  if (!json.test(c.req.header('content-type') ?? '')) throw new TRPCError({ code: 'UNSUPPORTED_MEDIA_TYPE' })
  const text = await bodyOf(c.env.incoming, largestBody).catch(() => null)
  if (text === null) throw new DomainError('request.broken_off')
  if (text === undefined) throw new DomainError('request.too_large')
  const { data } = z.record(z.string(), z.unknown()).safeParse(parsed(text))
  if (!data) throw new DomainError('input.invalid', { issues: [{ path: '' }] })
  return data
}
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const asked = async (c: C, route: Route): Promise<Record<string, unknown>> =>
  route.method === 'GET' ? fromQuery(route, new URL(c.req.url).searchParams) : await sentBody(c)

/** Of two that differ nobody knows which one was meant. */
function requireSame(given: Record<string, unknown>, named: Record<string, unknown>, message: string): void {
  const isSame = (field: string) => String(given[field]).toLowerCase() === String(named[field]).toLowerCase()
  const path = Object.keys(named).find((field) => given[field] !== undefined && !isSame(field))
  if (path) throw new DomainError('input.invalid', { issues: [{ code: 'custom', path, message }] })
}

function inputOf(c: C, route: Route, given: Record<string, unknown>): unknown {
  const version = route.isSeen && { version: versionIn(c.req.header('if-match')) }
  requireSame(given, c.req.param(), 'The address names another one than the body')
  if (version) requireSame(given, version, 'If-Match names another version than the body')
  const input = { ...given, ...c.req.param(), ...version }
  return procedureOf(route)._def.inputs.length ? input : undefined
}

function contextFor(context: RequestContext, { person, tokenId }: Bearer, key: string | undefined): RequestContext {
  const [membership] = person.memberships
  return {
    ...context,
    person: async () => person,
    schoolSlug: membership?.school.slug ?? null,
    pageOf: undefined,
    key: key === undefined ? newId() : operationIdOf(tokenId, key),
    way: 'api',
  }
}

function requireAlso({ person }: Bearer, also: Permission | undefined): void {
  const [membership] = person.memberships
  if (also && !(membership && allows(membership, also))) throw new DomainError('permission.missing')
}

type Call = (input: unknown) => Promise<unknown>
const caller = createCallerFactory(appRouter)
const callOf = (context: RequestContext, procedure: string): Call =>
  procedure
    .split('.')
    .reduce((part, name) => (part as Record<string, object>)[name] as object, caller(context) as object) as Call

function statusOf(error: TRPCError, known: DomainError | undefined): Status {
  if (known?.reason === 'version.missing') return 428
  if (known?.reason === 'request.too_large') return 413
  if (known?.reason === 'database.full') return insufficientStorage
  if (known?.code === 'stale') return 412
  const code = known ? httpCodeOf(known) : error.code
  return getHTTPStatusCodeFromError(new TRPCError({ code })) as Status
}

/** Apps get no details but which fields are wrong. */
function refused(c: C, options: AppOptions, thrown: unknown, route: Route): Response {
  const known = domainError(thrown instanceof TRPCError ? thrown.cause : thrown)
  const error =
    thrown instanceof TRPCError ? thrown : new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: known ?? thrown })
  const { reasons } = c.var.notes
  note(c, options, error, route.procedure)
  reasons.pop()
  for (const [name, value] of Object.entries(retryAfter([error]))) c.header(name, value)
  const status = statusOf(error, known)
  // A body that was not read to its end must not be taken for the next request.
  if (!c.env.incoming.complete) c.header('connection', 'close')
  if (status === 401) c.header('www-authenticate', 'Bearer realm="Homeroom"')
  if (error.cause instanceof z.ZodError && !known && error.code === 'BAD_REQUEST')
    return problem(c, status, 'input.invalid', { issues: fieldIssues(error.cause) })
  const { issues } = (known?.details ?? {}) as { issues?: unknown }
  const reason = known?.reason ?? (error.code === 'INTERNAL_SERVER_ERROR' ? 'internal' : error.code.toLowerCase())
  return problem(c, status, reason, issues ? { issues } : {})
}

function answered(c: C, route: Route, answer: unknown): Response {
  const { id, version } = answer as { id?: string; version?: number }
  if (version !== undefined) c.header('etag', `"${version}"`)
  if (route.creates) c.header('location', `${root}${route.path}/${id}`)
  return c.json(answer as object, route.creates ? 201 : 200)
}

/** Says what of the answer goes, and counts that the token still uses it. */
function announce(c: C, db: Database, tokenId: string, used: readonly Going[]): void {
  for (const [name, value] of deprecationHeaders(used)) c.header(name, value)
  for (const one of used) usesOf(db).note(tokenId, one)
}

function serving(options: AppOptions, route: Route, rate: TokenRate, writes: WriteLimit) {
  const going = goingOf(route, schemasOf(route), options.deprecations ?? deprecations)
  return async (c: C) => {
    const context = contextOf(c, options, new Headers())
    try {
      const bearer = await bearerOf(c, options, context)
      c.var.notes.userId = bearer.person.userId
      c.var.notes.procedures = [route.procedure]
      countRequest(c, rate, bearer.tokenId, context.now)
      requireAlso(bearer, route.also)
      const given = await asked(c, route)
      const own = writes.counting(contextFor(context, bearer, c.req.header('idempotency-key')))
      const answer = told(route, await callOf(own, route.procedure)(inputOf(c, route, given)))
      if (going) announce(c, options.db, bearer.tokenId, usedOf(going, given, answer))
      return answered(c, route, answer)
    } catch (error) {
      return refused(c, options, error, route)
    }
  }
}

const addressOf = ({ path }: Route) => `${root}${path.replace(/\{(\w+)\}/g, ':$1')}`
const otherMethod =
  (methods: readonly string[]): MiddlewareHandler<HonoEnv> =>
  async (c) => {
    c.header('allow', methods.join(', '))
    return problem(c, 405, 'method_not_supported')
  }

export function serveApi(app: Hono<HonoEnv>, options: AppOptions, overload: Overload): void {
  const [rate, writes, turn] = [new TokenRate(), new WriteLimit(options.config.writesPerMinute), inTurn(overload)]
  for (const route of routes) app.on(route.method, addressOf(route), turn, serving(options, route, rate, writes))
  for (const address of new Set(routes.map(addressOf)))
    app.all(address, otherMethod(routes.flatMap((route) => (addressOf(route) === address ? route.method : []))))
  app.get('/openapi.json', (c) => c.json(apiDocument()))
  app.get('/openapi', (c) => c.html(apiPage()))
  app.all('/api/*', (c) => problem(c, 404, 'not_found'))
}
