import { initTRPC, TRPCError } from '@trpc/server'
import { z } from 'zod'
import type { Database } from '../db/database.ts'
import type { OperationWay, Role } from '../db/values.ts'
import type { Permission } from './access.ts'
import { allows } from './access.ts'
import type { Outcome } from './calls/procedure-times.ts'
import { noteCall } from './calls/procedure-times.ts'
import { canonical, sha256 } from './canonical.ts'
import type { Actor, MutationContext, OperationKey, School } from './context.ts'
import type { ErrorCode, Reason } from './errors.ts'
import { DomainError, domainError } from './errors.ts'
import type { Flags } from './flags/registry.ts'
import type { Sending } from './webhooks/address.ts'

export interface Membership {
  school: School
  role: Role
  instructorId: string | null
  scopes?: ReadonlySet<Permission> | undefined
}
export interface Person {
  userId: string
  sessionId: string
  signedInAt: Date
  name: string
  email: string
  memberships: Membership[]
  isOwner?: boolean
}

/** By a password, a link, or the link of the setup; `change`: another password is chosen, for which the old one is asked. */
export type SignInWay = 'password' | 'link' | 'setup' | 'change'
export interface SignInNote {
  way: SignInWay
  userId?: string
  email?: string
  network: string
  failed?: Reason
}

/** The flags as they were when the request came: all its calls see the same. */
export interface FlagReading {
  version: number
  of(person: Person, membership: Membership): Flags
  note?(call: string, served: Flags, ms: number, outcome: Outcome): void
}

export interface RequestContext {
  db: Database
  now: Date
  clock?: (() => Date) | undefined
  requestId: string
  person(): Promise<Person | null>
  schoolSlug: string | null
  flags?: FlagReading | undefined
  /** From where and to whom webhooks may be sent. */
  sending?: Sending | undefined
  /** The header `x-person` shows that a page is older than another person's sign-in beside it. */
  pageOf?: string | undefined
  key: string | null
  way?: OperationWay | undefined
  address: string
  userAgent: string | null
  setSession(token: string | null): void
  /** The cookie that remembers who has signed in with this browser before. */
  device?: string | null | undefined
  setDevice(value: string): void
  /** Holds the answer back for so many ms. */
  pause(ms: number): Promise<void>
  noteSignIn?: ((note: SignInNote) => void) | undefined
  onChanged?: MutationContext['onChanged']
  /** Throws `write.too_many` when the person has written too much within a minute. */
  countWrite?: ((userId: string, kind: 'write' | 'presence') => Promise<void>) | undefined
  /** Waits until a call of a batch may begin. Resolves with what ends it. */
  enter?: (() => Promise<() => void>) | undefined
}

export interface Meta {
  /** `open`: the caller need not be signed in. `signedIn`: no school is needed. */
  permission: Permission | 'open' | 'signedIn'
  /** The answer holds a secret or sets a cookie, so a repetition is a `conflict`, which the client does not retry. */
  once?: true
  /** It gives somebody rights, so the caller has typed the password within the last ten minutes. */
  fresh?: true
  /** Pages call it by themselves, so it is counted apart from what people write. */
  byItself?: true
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

/** Too many attempts are the caller's fault, so a proxy must not take the server for broken. */
const tooMany = new Set<Reason>(['request.too_many', 'session.too_many_attempts', 'write.too_many'])
export const httpCodeOf = ({ reason, code }: DomainError): TRPCError['code'] =>
  tooMany.has(reason) ? 'TOO_MANY_REQUESTS' : httpCodes[code]

/** A full disk stays full, so neither screens nor a proxy may repeat the call as after a 503. */
export const insufficientStorage = 507

export const fieldIssues = (error: z.ZodError) =>
  error.issues.map(({ code, path, message }) => ({ code, path: path.map(String).join('.'), message }))

/** The client never gets a driver's message or a stack. */
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
    // In ms. A proxy closes a silent stream, and a page takes one for dead that has missed two words.
    sse: { ping: { enabled: true, intervalMs: 7_000 }, client: { reconnectAfterInactivityMs: 15_000 } },
    errorFormatter({ shape, error, ctx }) {
      const known = shapeOf(error)
      const message = known?.reason ?? (error.code === 'INTERNAL_SERVER_ERROR' ? 'internal' : error.code.toLowerCase())
      const { code, path } = shape.data
      const httpStatus = known?.reason === 'database.full' ? insufficientStorage : shape.data.httpStatus
      return { ...shape, message, data: { code, httpStatus, path, error: known, requestId: ctx?.requestId } }
    },
  })

export const { router, createCallerFactory } = t

function ending({ code, cause }: TRPCError, known: DomainError | undefined): [outcome: Outcome, reason: string] {
  if (known) return [httpCodeOf(known) === 'TOO_MANY_REQUESTS' ? 'too_many' : known.code, known.reason]
  if (code === 'INTERNAL_SERVER_ERROR') return ['internal', 'internal']
  return ['invalid', cause instanceof z.ZodError ? 'input.invalid' : code.toLowerCase()]
}

const outcomeOf = (result: { ok: true } | { ok: false; error: TRPCError }): Outcome =>
  result.ok ? 'ok' : ending(result.error, domainError(result.error.cause))[0]

const answered = t.middleware(async ({ ctx, next, path, type }) => {
  const leave = await ctx.enter?.()
  const began = performance.now()
  const result = await next().finally(() => leave?.())
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

export interface Granted {
  person?: Person
  school?: School
  actor?: Actor
  flags?: Flags | undefined
  operation?: OperationKey
}

/** In ms. */
export const freshFor = 600_000

export async function grant(ctx: RequestContext, { permission, fresh }: Meta): Promise<Granted> {
  if (permission === 'open') return {}
  const person = await ctx.person()
  if (!person || (ctx.pageOf && ctx.pageOf !== person.userId)) throw new DomainError('session.missing')
  if (permission === 'signedIn') return { person }
  const membership = person.memberships.find(({ school }) => school.slug === ctx.schoolSlug)
  if (!membership) throw new DomainError('school.not_found')
  if (!allows(membership, permission)) throw new DomainError('permission.missing')
  if (fresh && ctx.now.getTime() - person.signedInAt.getTime() > freshFor) throw new DomainError('session.unconfirmed')
  const { school, role, instructorId, scopes } = membership
  const flags = ctx.flags?.of(person, membership)
  return { person, school, actor: { userId: person.userId, role, instructorId, scopes }, flags }
}

const uuidV7 = z.uuidv7()
/** Throws `invalid` when the request has no key. */
export function keyOf({ key }: Pick<RequestContext, 'key'>): string {
  const { data, success } = uuidV7.safeParse(key)
  if (!success) throw new DomainError('operation.key_missing')
  return data.toLowerCase()
}

/** Throws `input.invalid` for one nested so deeply that it cannot be written out again. */
function hashOfInput(input: unknown): string {
  try {
    return sha256(canonical(input ?? null))
  } catch (error) {
    throw error instanceof RangeError ? new DomainError('input.invalid') : error
  }
}

/** Every procedure has this guard, which runs before the input is read. */
export const guard = t.middleware(async ({ ctx, next, meta, type, path, getRawInput }) => {
  if (!meta) throw new DomainError('permission.missing')
  const granted = await grant(ctx, meta)
  if (type === 'mutation' && granted.school) {
    if (granted.person) await ctx.countWrite?.(granted.person.userId, meta.byItself ? 'presence' : 'write')
    const inputHash = hashOfInput(await getRawInput())
    granted.operation = { id: keyOf(ctx), procedure: path, inputHash, way: ctx.way ?? 'screen' }
  }
  const began = performance.now()
  const result = await next({ ctx: { granted } })
  if (granted.flags) ctx.flags?.note?.(path, granted.flags, performance.now() - began, outcomeOf(result))
  return result
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

export const open = (more?: Partial<Meta>) => guarded('open', more)

export const signedIn = (more?: Partial<Meta>) =>
  guarded('signedIn', more).use(({ ctx, next }) => next({ ctx: { person: present(ctx.granted.person) } }))

export const reading = (permission: Permission) =>
  guarded(permission).use(({ ctx: { granted }, next }) =>
    next({ ctx: { school: present(granted.school), actor: present(granted.actor), flags: granted.flags } }),
  )

export const listening = (permission: Permission) =>
  guarded(permission).use(({ ctx: { granted }, next }) =>
    next({ ctx: { school: present(granted.school), person: present(granted.person) } }),
  )

export const writing = (permission: Permission, more?: Partial<Meta>) =>
  guarded(permission, more).use(({ ctx: { granted }, next }) =>
    next({
      ctx: {
        school: present(granted.school),
        actor: present(granted.actor),
        operation: present(granted.operation),
        flags: granted.flags,
      },
    }),
  )

interface Call<Ctx, Input> {
  ctx: Ctx
  input: Input
}
export const call =
  <Ctx, Input, Answer>(run: (ctx: Ctx, input: Input) => Answer) =>
  ({ ctx, input }: Call<Ctx, Input>): Answer =>
    run(ctx, input)

export const readById =
  <Ctx extends Pick<RequestContext, 'db'>, Answer>(read: (db: Database, ctx: Ctx, id: string) => Answer) =>
  ({ ctx, input }: Call<Ctx, { id: string }>): Answer =>
    read(ctx.db, ctx, input.id)
