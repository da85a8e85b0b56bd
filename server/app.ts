import type { MiddlewareHandler } from 'hono'
import { Hono } from 'hono'
import { v7 } from 'uuid'
import { hostShadows, ownHost } from './calls/shadow.ts'
import { feedOf } from './live/feed.ts'
import { serveApi } from './runtime/api.ts'
import { callerOf } from './runtime/caller.ts'
import { handingOver, knownDoorsOnly } from './runtime/handing-over.ts'
import { protective } from './runtime/headers.ts'
import { createReadiness } from './runtime/health.ts'
import { knownHostsOnly } from './runtime/hosts.ts'
import type { AppOptions, HonoEnv, RequestNotes } from './runtime/http.ts'
import type { RequestLine } from './runtime/logging.ts'
import { described } from './runtime/logging.ts'
import { inTurn, Overload } from './runtime/overload.ts'
import { photoAddress, sendPhoto } from './runtime/photos.ts'
import { bundleAddress, ownBundlesOnly, takeBundle } from './runtime/receive-bundle.ts'
import { callProcedures, listenTo, ownCallsOnly, ownListenersOnly } from './runtime/rpc.ts'
import { screen } from './runtime/screens.ts'
import { securityText } from './runtime/security-txt.ts'
import { traceIdOf } from './runtime/trace.ts'
import { sayTroubles } from './runtime/troubles.ts'
import { versionIn } from './runtime/version.ts'

/** A proxy's id is accepted only if it can be nothing but an id. */
const requestIdOf = (given: string | undefined) => (given && /^[\w-]{8,64}$/.test(given) ? given : v7())

const slug = /^[a-z0-9-]{1,60}$/

function framed({ config, log }: AppOptions): MiddlewareHandler<HonoEnv> {
  const overHttp = protective(false)
  const overHttps = protective(true, config.hstsSubdomains)
  return async (c, next) => {
    const started = performance.now()
    const { incoming, outgoing } = c.env
    const requestId = requestIdOf(c.req.header('x-request-id'))
    const notes: RequestNotes = { requestId, procedures: [], reasons: [] }
    const caller = callerOf(incoming, config)
    c.set('notes', notes)
    c.set('caller', caller)
    // Headers set on Node's own response cost a fraction of those on the Response; a handler's own still replace them.
    for (const [name, value] of caller.https ? overHttps : overHttp) outgoing.setHeader(name, value)
    outgoing.setHeader('x-request-id', requestId)
    await next()
    const school = c.req.header('x-school')
    const traceId = traceIdOf(c.req.header('traceparent'))
    const client = versionIn(c.req.header('x-app-version'))
    const line: RequestLine = {
      req_id: requestId,
      ...(traceId && { trace_id: traceId }),
      method: c.req.method,
      path: incoming.url
        ?.split('?')[0]
        ?.slice(0, 200)
        .replace(/[^!-~]/g, encodeURIComponent),
      status: c.res.status,
      duration_ms: Math.round((performance.now() - started) * 10) / 10,
      ...(notes.procedures.length && { procedures: notes.procedures }),
      ...(notes.reasons.length && { reasons: notes.reasons }),
      ...(notes.userId && { user_id: notes.userId }),
      ...(school && slug.test(school) && { school }),
      ...(client && { client }),
    }
    // A load balancer asks every second, calls sent away are reported once for all, and those passed on where they are answered.
    const quiet = notes.isSentAway || notes.isPassedOn || (c.res.status === 200 && c.req.path.startsWith('/health/'))
    log[quiet ? 'debug' : 'info'](line, 'a request was answered')
  }
}

/** Behind a proxy that TRUST_PROXY does not count, all people are one address, whose limits they share. Said once. */
function forwardedWarning({ config, log }: AppOptions): MiddlewareHandler<HonoEnv> {
  let isSaid = config.trustProxy > 0
  return async (c, next) => {
    if (!isSaid && c.env.incoming.headers['x-forwarded-for'] !== undefined) {
      isSaid = true
      log.warn(
        'X-Forwarded-For arrives and TRUST_PROXY is 0: all who come through the proxy share the limits of one address',
      )
    }
    return next()
  }
}

export function createApp(options: AppOptions): Hono<HonoEnv> {
  const {
    db,
    config,
    log,
    clientFolder,
    isDraining = () => false,
    isEnding = isDraining,
    now = () => new Date(),
  } = options
  const isReady = createReadiness(db)
  sayTroubles(db, log)
  feedOf(db).onFailure((error) => log.error({ error: described(error) }, 'listeners could not be told what changed'))
  const app = new Hono<HonoEnv>()
  app.use(forwardedWarning(options))
  app.use(knownDoorsOnly)
  app.use(framed(options))
  app.use(handingOver(options))
  app.use(knownHostsOnly(options))
  const overload = new Overload({ log, waiting: () => db.waiting() })
  hostShadows(db, {
    ...ownHost,
    isHeldBack: () => isEnding() || overload.isBusy,
    told: (read, ending) =>
      log.warn({ read, ending }, 'a read that is tried beside the one that answers differs from it, fails or is late'),
  })
  const turn = inTurn(overload)
  app.get('/trpc/live.changes', ownListenersOnly, turn, listenTo(options))
  app.all('/trpc/*', ownCallsOnly, turn, callProcedures(options, overload))
  app.all(bundleAddress, ownBundlesOnly, turn, takeBundle(options))
  app.get(photoAddress, ownListenersOnly, turn, sendPhoto(options))
  serveApi(app, options, overload)
  app.get('/health/live', (c) => c.json({ status: 'live' }))
  app.get('/health/startup', (c) => c.json({ status: 'started' }))
  app.get('/health/ready', async (c) => {
    if (!isDraining() && (await isReady())) return c.json({ status: 'ready' })
    c.header('retry-after', '5')
    return c.json({ status: isDraining() ? 'draining' : 'database away' }, 503)
  })
  app.get('/.well-known/security.txt', (c) => {
    const text = securityText(config, now())
    return text ? c.text(text) : c.notFound()
  })
  app.all('*', async (c) => (await screen(clientFolder, c.req.raw, config.assetsFolder)) ?? c.notFound())
  app.notFound((c) => c.text('There is nothing at this address', 404))
  app.onError((error, c) => {
    log.error({ req_id: c.var.notes.requestId, error: described(error) }, 'an unforeseen error occurred')
    return c.json({ error: { message: 'internal', data: { requestId: c.var.notes.requestId } } }, 500)
  })
  return app
}
