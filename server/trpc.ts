import { initTRPC, TRPCError } from '@trpc/server'
import { z } from 'zod'
import type { Database } from '../db/database.ts'
import type { Role } from '../db/values.ts'
import type { Permission } from './access.ts'
import { allows } from './access.ts'
import type { Outcome } from './calls/procedure-times.ts'
import { noteCall } from './calls/procedure-times.ts'
import { canonical, sha256 } from './canonical.ts'
import type { Actor, MutationContext, OperationKey, School } from './context.ts'
import type { ErrorCode } from './errors.ts'
import { DomainError, domainError } from './errors.ts'

export interface Membership {
  school: School
  role: Role
  instructorId: string | null
}
/** Who is signed in, and where they belong. */
export interface Person {
  userId: string
  sessionId: string
  name: string
  email: string
  memberships: Membership[]
}

/** What a request brings. Tests make one by hand. */
export interface RequestContext {
  db: Database
  now: Date
  /** What the clock says by now; the process's own where there is none. */
  clock?: (() => Date) | undefined
  requestId: string
  /** The signed-in person; the session is looked up once, when first asked for. */
  person(): Promise<Person | null>
  /** Slug from the header `x-school`. */
  schoolSlug: string | null
  /** Whose page asks, from the header `x-person`: where another has signed in beside it, its own session has ended. */
  pageOf?: string | undefined
  /** The mutation's key, from the header `idempotency-key`. */
  key: string | null
  /** The client's address, for rate limits. */
  address: string
  /** Browser and system as the browser names them. */
  userAgent: string | null
  /** Sets or, with null, removes the session cookie. */
  setSession(token: string | null): void
  /** Names the changed records in the answer. */
  onChanged?: MutationContext['onChanged']
}

export interface Meta {
  /** 'open' to nobody in particular, 'signedIn' without a school, or what a role must allow. */
  permission: Permission | 'open' | 'signedIn'
  /** Returns a secret or sets a cookie: a repetition answers `conflict`, and the client doesn't retry it. */
  once?: true
}

const httpCodes = {
  not_found: 'NOT_FOUND',
  conflict: 'CONFLICT',
  stale: 'CONFLICT',
  invalid: 'BAD_REQUEST',
  forbidden: 'FORBIDDEN',
  unauthenticated: 'UNAUTHORIZED',
  unavailable: 'SERVICE_UNAVAILABLE',
} as const satisfies Record<ErrorCode, TRPCError['code']>

/** Of the `unavailable` ones, only this is the caller's doing: a proxy must not take the server for broken. */
const httpCodeOf = ({ reason, code }: DomainError): TRPCError['code'] =>
  reason === 'session.too_many_attempts' ? 'TOO_MANY_REQUESTS' : httpCodes[code]

/** A full disk stays full: neither our screens nor a proxy shall send it again by themselves, as they do after a 503. */
const insufficientStorage = 507

/** Where the input is wrong, for a form to say beside its fields in its own words. */
const fieldIssues = (error: z.ZodError) =>
  error.issues.map(({ code, path, message }) => ({ code, path: path.map(String).join('.'), message }))

/** What the client gets of an error: never a driver's message, never a stack. */
function shapeOf(error: TRPCError) {
  const known = domainError(error.cause)
  if (known) return { code: known.code, reason: known.reason, details: known.details }
  if (error.cause instanceof z.ZodError)
    return { code: 'invalid', reason: 'input.invalid', issues: fieldIssues(error.cause) } as const
  return undefined
}

const t = initTRPC
  .context<RequestContext>()
  .meta<Meta>()
  .create({
    isDev: false,
    // Before a proxy takes a silent stream for a dead one; and a browser notices a dead one by the silence. In ms.
    sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 40_000 } },
    errorFormatter({ shape, error, ctx }) {
      const known = shapeOf(error)
      const message = known?.reason ?? (error.code === 'INTERNAL_SERVER_ERROR' ? 'internal' : error.code.toLowerCase())
      const { code, path } = shape.data
      const httpStatus = known?.reason === 'database.full' ? insufficientStorage : shape.data.httpStatus
      return { ...shape, message, data: { code, httpStatus, path, error: known, requestId: ctx?.requestId } }
    },
  })

export const { router, createCallerFactory } = t

/** As what a refused or failed call is counted: the caller's too many attempts are no failure of the server. */
function ending({ code, cause }: TRPCError, known: DomainError | undefined): [outcome: Outcome, reason: string] {
  if (known) return [httpCodeOf(known) === 'TOO_MANY_REQUESTS' ? 'too_many' : known.code, known.reason]
  if (code === 'INTERNAL_SERVER_ERROR') return ['internal', 'internal']
  return ['invalid', cause instanceof z.ZodError ? 'input.invalid' : code.toLowerCase()]
}

/** The one place where a call is timed, and where a domain error becomes tRPC's. */
const answered = t.middleware(async ({ next, path, type }) => {
  const began = performance.now()
  const result = await next()
  const took = performance.now() - began
  if (result.ok) {
    noteCall(path, type, took, 'ok')
    return result
  }
  const known = domainError(result.error.cause)
  noteCall(path, type, took, ...ending(result.error, known))
  if (known) throw new TRPCError({ code: httpCodeOf(known), cause: known })
  return result
})

/** What the guard found out: the more a permission asks for, the more of it is there. */
interface Granted {
  person?: Person
  school?: School
  actor?: Actor
  operation?: OperationKey
}

async function grant(ctx: RequestContext, permission: Meta['permission']): Promise<Granted> {
  if (permission === 'open') return {}
  const person = await ctx.person()
  if (!person || (ctx.pageOf && ctx.pageOf !== person.userId)) throw new DomainError('session.missing')
  if (permission === 'signedIn') return { person }
  const membership = person.memberships.find(({ school }) => school.slug === ctx.schoolSlug)
  if (!membership) throw new DomainError('school.not_found')
  if (!allows(membership.role, permission)) throw new DomainError('permission.missing')
  const { school, role, instructorId } = membership
  return { person, school, actor: { userId: person.userId, role, instructorId } }
}

const uuidV7 = z.uuidv7()
/** The key of a mutation; `invalid` when the request names none. */
export function keyOf({ key }: Pick<RequestContext, 'key'>): string {
  const { data, success } = uuidV7.safeParse(key)
  if (!success) throw new DomainError('operation.key_missing')
  return data.toLowerCase()
}

/** `input.invalid` for one nested so deeply that it can't be written out again. */
function hashOfInput(input: unknown): string {
  try {
    return sha256(canonical(input ?? null))
  } catch (error) {
    throw error instanceof RangeError ? new DomainError('input.invalid') : error
  }
}

/** Who, in which school, may they: asked before the input is looked at. Every procedure carries this one guard. */
export const guard = t.middleware(async ({ ctx, next, meta, type, path, getRawInput }) => {
  if (!meta) throw new DomainError('permission.missing')
  const granted = await grant(ctx, meta.permission)
  if (type === 'mutation' && granted.school) {
    const inputHash = hashOfInput(await getRawInput())
    granted.operation = { id: keyOf(ctx), procedure: path, inputHash, way: 'screen' }
  }
  return next({ ctx: { granted } })
})

const guarded = (permission: Meta['permission'], more: Partial<Meta> = {}) =>
  t.procedure
    .meta({ permission, ...more })
    .use(answered)
    .use(guard)

const present = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('the guard did not grant what the procedure needs')
  return value
}

/** For nobody in particular: sign-in, setup. */
export const open = (more?: Partial<Meta>) => guarded('open', more)

/** For a signed-in person, of whichever school. */
export const signedIn = (more?: Partial<Meta>) =>
  guarded('signedIn', more).use(({ ctx, next }) => next({ ctx: { person: present(ctx.granted.person) } }))

/** A query of one school. */
export const reading = (permission: Permission) =>
  guarded(permission).use(({ ctx: { granted }, next }) =>
    next({ ctx: { school: present(granted.school), actor: present(granted.actor) } }),
  )

/** A subscription in one school: for as long as the session lasts. */
export const listening = (permission: Permission) =>
  guarded(permission).use(({ ctx: { granted }, next }) =>
    next({ ctx: { school: present(granted.school), person: present(granted.person) } }),
  )

/** A mutation of one school, under the client's key. */
export const writing = (permission: Permission, more?: Partial<Meta>) =>
  guarded(permission, more).use(({ ctx: { granted }, next }) =>
    next({
      ctx: { school: present(granted.school), actor: present(granted.actor), operation: present(granted.operation) },
    }),
  )
