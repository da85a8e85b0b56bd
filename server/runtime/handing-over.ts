/** While a register moves, requests that can't be answered here any more are passed on to workers that serve it where it went. */
import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import { mayPass } from '../handover/door.ts'
import { KeptBody } from '../handover/kept-body.ts'
import { attempted } from '../handover/requests.ts'
import type { AppOptions, HonoEnv } from './http.ts'
import { lastRefusal } from './refusal.ts'

type C = HonoContext<HonoEnv>

/** In seconds. */
const comeBack = '2'

/** Nobody outside knows the secret of a door, so what comes through one without it is not answered. */
export const knownDoorsOnly: MiddlewareHandler<HonoEnv> = async (c, next) => {
  if (mayPass(c.env.incoming)) return next()
  c.header('connection', 'close')
  return c.text('This door is not for you', 403)
}

async function passedOn(c: C, { handover }: AppOptions, body: KeptBody): Promise<Response> {
  const { incoming, outgoing } = c.env
  const { notes } = c.var
  const passing = { incoming, outgoing, requestId: notes.requestId, body }
  const answer = body.isWhole ? await handover?.passOn(passing) : undefined
  // The other worker logs it, under the same id.
  if (answer) notes.isPassedOn = true
  else c.header('retry-after', comeBack)
  return answer ?? lastRefusal(c, 503, 'SERVICE_UNAVAILABLE', 'database.unavailable')
}

/** What has met the fence is held by the database; only where the register has left is the request made once more. */
export function handingOver(options: AppOptions): MiddlewareHandler<HonoEnv> {
  const { handover } = options
  return async (c, next) => {
    if (!handover?.isNear || c.req.path.startsWith('/health/')) return next()
    if (handover.hasMoved()) {
      const body = new KeptBody(c.env.incoming)
      return passedOn(c, options, body).finally(() => body.close())
    }
    const { body, isOvertaken } = await attempted(c.env.incoming, next)
    if (isOvertaken && !c.env.outgoing.headersSent) {
      await c.res.body?.cancel()
      const { notes } = c.var
      Object.assign(notes, { procedures: [], reasons: [] })
      c.res = undefined
      c.res = await passedOn(c, options, body)
    }
    body.close()
  }
}
