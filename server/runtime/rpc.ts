/** tRPC at /trpc: what a request must be before a procedure sees it, and what it brings along. */
import type { IncomingMessage } from 'node:http'
import type { TRPCError } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import { UnavailableError } from '../../db/errors.ts'
import { findPerson } from '../auth/sessions.ts'
import type { Reason } from '../errors.ts'
import { domainError } from '../errors.ts'
import { appRouter } from '../router.ts'
import type { RequestContext } from '../trpc.ts'
import { isForeign, isOwn } from './caller.ts'
import { changedHeader, changedText } from './changed-header.ts'
import { cookieOf, sessionCookie } from './cookie.ts'
import type { AppOptions, HonoEnv } from './http.ts'
import { described } from './logging.ts'
import { lastRefusal } from './refusal.ts'

const largestBody = 1024 * 1024
const largestBatch = 20
const json = /^application\/json(?:\s*;\s*charset=utf-8)?$/i

type C = HonoContext<HonoEnv>

/** Before anything is read: only our own pages, only by POST, only JSON. A form of another site can't do all three. */
export const ownCallsOnly: MiddlewareHandler<HonoEnv> = async (c, next) => {
  if (c.req.method !== 'POST') {
    c.header('allow', 'POST')
    return lastRefusal(c, 405, 'METHOD_NOT_SUPPORTED')
  }
  if (!isOwn(c.env.incoming.headers, c.var.caller)) return lastRefusal(c, 403, 'FORBIDDEN', 'origin.foreign')
  if (!json.test(c.req.header('content-type') ?? '')) return lastRefusal(c, 415, 'UNSUPPORTED_MEDIA_TYPE')
  return next()
}

/** A browser opens a stream by GET and sends no headers of ours; where it says whose page asks, that must be ours. */
export const ownListenersOnly: MiddlewareHandler<HonoEnv> = async (c, next) =>
  isForeign(c.env.incoming.headers, c.var.caller) ? lastRefusal(c, 403, 'FORBIDDEN', 'origin.foreign') : next()

/** The body's text; undefined when there is more of it than we take. Throws when the caller breaks off. */
async function bodyOf(incoming: IncomingMessage): Promise<string | undefined> {
  if (Number(incoming.headers['content-length'] ?? 0) > largestBody) return undefined
  const parts: Buffer[] = []
  let size = 0
  // Not destroyed when it is too much: the answer goes out on the same socket.
  for await (const part of incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += part.length
    if (size > largestBody) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

/** As much of a Request as tRPC looks at: making a whole one, with its streams, costs more than most answers. */
function requestOf({ req }: C, body: string): Request {
  const { headers } = req.raw
  // They could ask for a stream, which begins before anything is known: as a 200, without its cookie, and unseen by the log.
  for (const name of ['trpc-accept', 'accept']) headers.delete(name)
  return {
    method: 'POST',
    url: req.url,
    headers,
    signal: new AbortController().signal,
    json: async () => JSON.parse(body) as unknown,
  } as Request
}

/** What the procedures get of the request. The session is looked up once, when first asked for. A stream names its school. */
function contextOf(
  c: C,
  { db, now = () => new Date() }: AppOptions,
  headers: Headers,
  listensTo?: string,
): RequestContext {
  const { caller, seen } = c.var
  const at = now()
  const token = cookieOf(caller.https, c.env.incoming.headers.cookie)
  let person: ReturnType<RequestContext['person']> | undefined
  const find = async () => {
    const found = token ? await findPerson(db, token, at, listensTo === undefined) : null
    if (found) seen.userId = found.userId
    return found
  }
  return {
    db,
    now: at,
    clock: now,
    requestId: seen.requestId,
    person: () => {
      person ??= find()
      return person
    },
    schoolSlug: listensTo ?? c.req.header('x-school') ?? null,
    pageOf: c.req.header('x-person'),
    key: c.req.header('idempotency-key') ?? null,
    address: caller.address,
    userAgent: c.req.header('user-agent') ?? null,
    setSession(value) {
      headers.append('set-cookie', sessionCookie(value, caller.https))
      // The shared computer's Back button must not show what the last person saw.
      if (!value) headers.set('clear-site-data', '"cache"')
    },
    onChanged: (records) => headers.set(changedHeader, changedText(records)),
  }
}

const isBusy = ({ cause }: Error) => cause instanceof UnavailableError && cause.trouble === 'busy'

/** Notes why a procedure refused, and logs, once, what nobody foresaw. */
function note(c: C, { db, log }: AppOptions, error: TRPCError, path: string | undefined): void {
  const { seen } = c.var
  const known = domainError(error.cause)
  seen.reasons.push(known?.reason ?? error.code.toLowerCase())
  const line = { req_id: seen.requestId, procedure: path, error: described(error.cause ?? error) }
  // A trouble that lasts is said once for all.
  if (known?.reason === 'database.unavailable' && !db.condition.troubles.length)
    log.warn(line, isBusy(known) ? 'the database is busy' : 'the database is away')
  else if (!known && error.code === 'INTERNAL_SERVER_ERROR') log.error(line, 'unexpected')
}

/** In seconds: when to come back to a database that is away or takes no changes. */
const databaseWait = 2
const databaseReasons = new Set<Reason | undefined>(['database.unavailable', 'database.read_only', 'database.unsure'])

/** When to come back, for whoever tried too often, or met a database that is away. */
function retryAfter(errors: readonly TRPCError[]): Record<string, string> {
  const waits = errors.map(({ cause }) => {
    const known = domainError(cause)
    if (databaseReasons.has(known?.reason)) return databaseWait
    return (known?.details as { retryAfter?: number })?.retryAfter ?? 0
  })
  const longest = Math.max(0, ...waits)
  return longest ? { 'retry-after': String(longest) } : {}
}

/** What every call is answered with. */
const answering = (c: C, options: AppOptions, req: Request) => ({
  endpoint: '/trpc',
  req,
  router: appRouter,
  allowMethodOverride: true,
  maxBatchSize: largestBatch,
  responseMeta: ({ errors }: { errors: readonly TRPCError[] }) => ({ headers: retryAfter(errors) }),
  onError: ({ error, path }: { error: TRPCError; path: string | undefined }) => note(c, options, error, path),
})

export const callProcedures = (options: AppOptions) => async (c: C) => {
  const { seen } = c.var
  const body = await bodyOf(c.env.incoming).catch(() => null)
  if (body === null) return lastRefusal(c, 400, 'CLIENT_CLOSED_REQUEST')
  if (body === undefined) return lastRefusal(c, 413, 'PAYLOAD_TOO_LARGE', 'request.too_large')
  return fetchRequestHandler({
    ...answering(c, options, requestOf(c, body)),
    createContext({ resHeaders, info }) {
      seen.procedures = info.calls.map(({ path }) => path)
      return contextOf(c, options, resHeaders)
    },
  })
}

/** Where the browser's EventSource listens: the one procedure that is asked for by GET. */
export const listenTo = (options: AppOptions) => (c: C) => {
  c.var.seen.procedures = ['live.changes']
  return fetchRequestHandler({
    ...answering(c, options, c.req.raw),
    createContext: ({ resHeaders, info }) => contextOf(c, options, resHeaders, info.connectionParams?.school ?? ''),
  })
}
