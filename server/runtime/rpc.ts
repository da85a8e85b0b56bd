import type { IncomingMessage } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import type { TRPCError } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import type { Trouble } from '../../db/errors.ts'
import { UnavailableError } from '../../db/errors.ts'
import { findPerson } from '../auth/sessions.ts'
import type { Reason } from '../errors.ts'
import { domainError } from '../errors.ts'
import { sidesOf } from '../flags/sides.ts'
import { flagsOf } from '../flags/store.ts'
import { partsOf } from '../handover/requests.ts'
import { appRouter } from '../router.ts'
import type { FlagReading, RequestContext } from '../trpc.ts'
import { Batch } from './batch.ts'
import { isForeign, isOwn } from './caller.ts'
import { changedHeader, changedText } from './changed-header.ts'
import { deviceCookie, deviceCookieOf, sessionCookies, tokensIn } from './cookie.ts'
import type { AppOptions, HonoEnv } from './http.ts'
import { described } from './logging.ts'
import type { Overload } from './overload.ts'
import { lastRefusal } from './refusal.ts'
import { sendingOf } from './sending-webhooks.ts'
import { logSignIn } from './sign-in-log.ts'
import { WriteLimit } from './write-limit.ts'

export const largestBody = 1024 * 1024
/** Of somebody who is signed in and adds many records at once. */
export const largestOfMany = 8 * 1024 * 1024
const addsMany = /^\/trpc\/\w+\.createMany$/
export const largestBatch = 20
/** A page says that it calls by itself: nobody has touched it for a minute. */
const unattendedHeader = 'x-unattended'
export const json = /^application\/json(?:\s*;\s*charset=utf-8)?$/i

type C = HonoContext<HonoEnv>

/** An app's token opens nothing where screens ask. */
const hasToken = (c: C) => /^bearer hrm_/i.test(c.req.header('authorization') ?? '')

/** A form of another site cannot send JSON by POST from our own page. */
export const ownCallsOnly: MiddlewareHandler<HonoEnv> = async (c, next) => {
  if (c.req.method !== 'POST') {
    c.header('allow', 'POST')
    return lastRefusal(c, 405, 'METHOD_NOT_SUPPORTED')
  }
  if (hasToken(c)) return lastRefusal(c, 400, 'BAD_REQUEST', 'request.two_ways')
  if (!isOwn(c.env.incoming.headers, c.var.caller)) return lastRefusal(c, 403, 'FORBIDDEN', 'origin.foreign')
  if (!json.test(c.req.header('content-type') ?? '')) return lastRefusal(c, 415, 'UNSUPPORTED_MEDIA_TYPE')
  return next()
}

/** EventSource uses GET and cannot send our headers, so only the browser's own are checked. */
export const ownListenersOnly: MiddlewareHandler<HonoEnv> = async (c, next) =>
  hasToken(c)
    ? lastRefusal(c, 400, 'BAD_REQUEST', 'request.two_ways')
    : isForeign(c.env.incoming.headers, c.var.caller)
      ? lastRefusal(c, 403, 'FORBIDDEN', 'origin.foreign')
      : next()

const lengthOf = ({ headers }: IncomingMessage) => Number(headers['content-length'] ?? 0)

/** Undefined when the body is too large. Throws when the caller breaks off. */
export async function bodyOf(incoming: IncomingMessage, most: number): Promise<string | undefined> {
  if (lengthOf(incoming) > most) return undefined
  const parts: Buffer[] = []
  let size = 0
  for await (const part of partsOf(incoming)) {
    size += part.length
    if (size > most) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

/** A whole Request, with its streams, costs more than most answers. tRPC reads only this much. */
function requestOf({ req }: C, body: string): Request {
  const { headers } = req.raw
  // These ask for a stream, which starts as a 200 before the result is known, without cookie and log line.
  for (const name of ['trpc-accept', 'accept']) headers.delete(name)
  return {
    method: 'POST',
    url: req.url,
    headers,
    signal: new AbortController().signal,
    json: async () => JSON.parse(body) as unknown,
  } as Request
}

const ownPause = async (ms: number) => {
  if (ms > 0) await setTimeout(ms)
}

export function flagsNow(db: AppOptions['db']): FlagReading {
  const set = flagsOf(db).current
  return {
    version: set.version,
    of: ({ userId, isOwner = false }, { school, role }) => set.of({ userId, isOwner, role, schoolId: school.id }),
    note: (call, served, ms, outcome) => sidesOf(db).note(call, served, set, ms, outcome),
  }
}

export function contextOf(
  c: C,
  { db, log, config, installation, now = () => new Date(), pause = ownPause, sending = sendingOf(config) }: AppOptions,
  headers: Headers,
  listensTo?: string,
): RequestContext {
  const { caller, notes } = c.var
  const at = now()
  const tokens = tokensIn(caller.https, installation, c.env.incoming.headers.cookie)
  let person: ReturnType<RequestContext['person']> | undefined
  const find = async () => {
    const isHere = listensTo === undefined && !c.req.header(unattendedHeader)
    for (const token of tokens) {
      const found = await findPerson(db, token, at, isHere)
      if (!found) continue
      notes.userId = found.userId
      return found
    }
    return null
  }
  return {
    db,
    now: at,
    clock: now,
    requestId: notes.requestId,
    person: () => {
      person ??= find()
      return person
    },
    flags: flagsNow(db),
    sending,
    schoolSlug: listensTo ?? c.req.header('x-school') ?? null,
    pageOf: c.req.header('x-person'),
    key: c.req.header('idempotency-key') ?? null,
    address: caller.address,
    userAgent: c.req.header('user-agent') ?? null,
    setSession(value) {
      for (const cookie of sessionCookies(value, caller.https, installation)) headers.append('set-cookie', cookie)
      // The Back button of a shared computer must not show what the last person saw.
      if (!value) headers.set('clear-site-data', '"cache"')
    },
    device: deviceCookieOf(caller.https, c.env.incoming.headers.cookie),
    setDevice: (value) => headers.append('set-cookie', deviceCookie(value, caller.https)),
    pause,
    noteSignIn: (note) => logSignIn(log, config, notes.requestId, note),
    onChanged: (records) => headers.set(changedHeader, changedText(records)),
  }
}

const hasTrouble = ({ cause }: Error, trouble: Trouble) =>
  cause instanceof UnavailableError && cause.trouble === trouble

export function note(c: C, { db, log }: AppOptions, error: TRPCError, path: string | undefined): void {
  const { notes } = c.var
  const known = domainError(error.cause)
  // Another worker answers the call.
  if (known && hasTrouble(known, 'moved')) return
  notes.reasons.push(known?.reason ?? error.code.toLowerCase())
  const line = { req_id: notes.requestId, procedure: path, error: described(error.cause ?? error) }
  // A trouble that lasts is logged once for all calls.
  if (known?.reason === 'database.unavailable' && !db.condition.troubles.length)
    log.warn(line, hasTrouble(known, 'busy') ? 'the database is busy' : 'the database is away')
  else if (!known && error.code === 'INTERNAL_SERVER_ERROR') log.error(line, 'an unforeseen error occurred')
}

/** In seconds, for a database that is away or takes no changes. */
const databaseWait = 2
const databaseReasons = new Set<Reason | undefined>(['database.unavailable', 'database.read_only', 'database.unsure'])

export function retryAfter(errors: readonly TRPCError[]): Record<string, string> {
  const waits = errors.map(({ cause }) => {
    const known = domainError(cause)
    if (databaseReasons.has(known?.reason)) return databaseWait
    return (known?.details as { retryAfter?: number })?.retryAfter ?? 0
  })
  const longest = Math.max(0, ...waits)
  return longest ? { 'retry-after': String(longest) } : {}
}

const answering = (c: C, options: AppOptions, req: Request) => ({
  endpoint: '/trpc',
  req,
  router: appRouter,
  allowMethodOverride: true,
  maxBatchSize: largestBatch,
  responseMeta: ({ errors }: { errors: readonly TRPCError[] }) => ({ headers: retryAfter(errors) }),
  onError: ({ error, path }: { error: TRPCError; path: string | undefined }) => note(c, options, error, path),
})

const isSignedIn = (c: C, options: AppOptions): Promise<boolean> =>
  contextOf(c, options, new Headers())
    .person()
    .then(Boolean, () => true)

export function callProcedures(options: AppOptions, overload: Overload) {
  const writes = new WriteLimit(options.config.writesPerMinute)
  return async (c: C) => {
    const { notes } = c.var
    const isLong = addsMany.test(c.req.path) && lengthOf(c.env.incoming) > largestBody
    if (isLong && !(await isSignedIn(c, options))) return lastRefusal(c, 401, 'UNAUTHORIZED', 'session.missing')
    const body = await bodyOf(c.env.incoming, isLong ? largestOfMany : largestBody).catch(() => null)
    if (body === null) return lastRefusal(c, 400, 'CLIENT_CLOSED_REQUEST')
    if (body === undefined) return lastRefusal(c, 413, 'PAYLOAD_TOO_LARGE', 'request.too_large')
    return fetchRequestHandler({
      ...answering(c, options, requestOf(c, body)),
      createContext({ resHeaders, info }) {
        notes.procedures = info.calls.map(({ path }) => path)
        const context = writes.counting(contextOf(c, options, resHeaders))
        const batch = new Batch(overload)
        return info.calls.length > 1 ? { ...context, enter: () => batch.enter() } : context
      },
    })
  }
}

/** Browsers open this one procedure by GET. */
export const listenTo = (options: AppOptions) => (c: C) => {
  c.var.notes.procedures = ['live.changes']
  return fetchRequestHandler({
    ...answering(c, options, c.req.raw),
    createContext: ({ resHeaders, info }) => contextOf(c, options, resHeaders, info.connectionParams?.school ?? ''),
  })
}
