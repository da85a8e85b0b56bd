/** A bundle is no JSON and larger than a call may be, so it comes by a route of its own, with the guard of the procedures. */
import type { TRPCError } from '@trpc/server'
import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import { visible } from '../../db/folding.ts'
import type { ErrorCode, Reason } from '../errors.ts'
import { DomainError, domainError } from '../errors.ts'
import { partsOf } from '../handover/requests.ts'
import { largestUpload } from '../imports/input.ts'
import { receiveBundle } from '../imports/receive.ts'
import { wake } from '../imports/wake.ts'
import type { DateOrder } from '../oneroster/read/dates.ts'
import { dateOrders } from '../oneroster/read/dates.ts'
import { firstOf } from '../oneroster/read/values.ts'
import { grant } from '../trpc.ts'
import { isOwn } from './caller.ts'
import type { AppOptions, HonoEnv } from './http.ts'
import { described } from './logging.ts'
import { lastRefusal } from './refusal.ts'
import { contextOf } from './rpc.ts'

type C = HonoContext<HonoEnv>

export const bundleAddress = '/import/bundle'

/** Another site's form cannot send this type by POST from our own page. */
export const ownBundlesOnly: MiddlewareHandler<HonoEnv> = async (c, next) => {
  if (c.req.method !== 'POST') {
    c.header('allow', 'POST')
    return lastRefusal(c, 405, 'METHOD_NOT_SUPPORTED')
  }
  if (!isOwn(c.env.incoming.headers, c.var.caller)) return lastRefusal(c, 403, 'FORBIDDEN', 'origin.foreign')
  if (c.req.header('content-type') !== 'application/zip') return lastRefusal(c, 415, 'UNSUPPORTED_MEDIA_TYPE')
  return next()
}

const statuses: Partial<Record<ErrorCode, readonly [Parameters<typeof lastRefusal>[1], TRPCError['code']]>> = {
  unauthenticated: [401, 'UNAUTHORIZED'],
  not_found: [404, 'NOT_FOUND'],
  forbidden: [403, 'FORBIDDEN'],
  conflict: [409, 'CONFLICT'],
  unavailable: [503, 'SERVICE_UNAVAILABLE'],
}

const own: Partial<Record<Reason, (typeof statuses)[ErrorCode]>> = {
  'import.too_large': [413, 'PAYLOAD_TOO_LARGE'],
  'database.full': [507, 'SERVICE_UNAVAILABLE'],
}

function refused(c: C, { log }: AppOptions, error: unknown): Response {
  const known = domainError(error)
  const told = { req_id: c.var.notes.requestId, error: described(error) }
  if (!known) {
    log.error(told, 'an unforeseen error occurred')
    return lastRefusal(c, 500, 'INTERNAL_SERVER_ERROR')
  }
  // Only whoever runs the server can make room.
  if (known.reason === 'database.full') log.error(told, 'an import could not go on')
  const [status, code] = own[known.reason] ?? statuses[known.code] ?? ([400, 'BAD_REQUEST'] as const)
  return lastRefusal(c, status, code, known.reason, known.details)
}

/** The name of a file may hold any letter; a header may not. What nobody sees, and a database may not take, is left out. */
function nameOf(given: string | undefined): string {
  try {
    return firstOf(visible(decodeURIComponent(given ?? '').replaceAll('\0', '')), 255) || 'bundle.zip'
  } catch {
    return 'bundle.zip'
  }
}

const orderOf = (given: string | undefined): DateOrder | undefined => dateOrders.find((order) => order === given)

export const takeBundle = (options: AppOptions) => async (c: C) => {
  c.var.notes.procedures = ['import.bundle']
  const { incoming } = c.env
  try {
    const request = contextOf(c, options, new Headers())
    const { school, actor } = await grant(request, { permission: 'import.run' })
    if (!school || !actor) throw new DomainError('permission.missing')
    if (Number(incoming.headers['content-length'] ?? 0) > largestUpload)
      throw new DomainError('import.too_large', { most: largestUpload })
    const ctx = { db: options.db, now: request.now, school, actor }
    const brought = { name: nameOf(c.req.header('x-file-name')), order: orderOf(c.req.header('x-dates')) }
    const received = await receiveBundle(ctx, brought, partsOf(incoming))
    wake(options.db)
    return c.json(received)
  } catch (error) {
    // The caller has hung up.
    if (incoming.destroyed && !incoming.complete) return lastRefusal(c, 400, 'BAD_REQUEST')
    return refused(c, options, error)
  }
}
