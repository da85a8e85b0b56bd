/** A school with people in it, and a caller for each: tests call the real router, as a person, on a real database. */
import type { Transaction } from '../../db/database.ts'
import { register } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import { open } from '../../db/open.ts'
import { memberships, users } from '../../db/schema/index.ts'
import type { Role } from '../../db/values.ts'
import type { MutationContext, School } from '../../server/context.ts'
import { append, beginOperation } from '../../server/journal/append.ts'
import type { Change } from '../../server/journal/entry.ts'
import { appRouter } from '../../server/router.ts'
import { createSchool } from '../../server/schools/create.ts'
import type { Person, RequestContext } from '../../server/trpc.ts'
import { createCallerFactory } from '../../server/trpc.ts'
import { noteAnswers } from '../contract/recorder.ts'

/** The file's one database. Close it in `afterAll`. */
export const db = await open()
/** When the server tests' requests come, by the server they call: no request of theirs reads a clock. */
export const now = new Date('2026-11-20T09:00:00Z')

noteAnswers()
export const caller = createCallerFactory(appRouter)
export type Caller = ReturnType<typeof caller>

const operation = (procedure: string, at: Date) => ({
  id: newId(),
  procedure,
  inputHash: '0'.repeat(64),
  deed: 'change' as const,
  about: null,
  way: 'cli' as const,
  actorId: null,
  at,
})

/** Journals what a test writes past the procedures, as the real way would. */
export async function writeInSchool(schoolId: number, write: (tx: Transaction) => Promise<Change[]>, at = now) {
  await db.transaction(schoolId, async (tx) => {
    const own = operation('test', at)
    const head = await beginOperation(tx, schoolId, own)
    if (head) await append(tx, schoolId, head, await write(tx))
  })
}

export async function makeSchool(name = 'Northgate', at = now): Promise<School> {
  return db.transaction(register, async (tx) => {
    const { school, changes } = await createSchool(tx, { name, timeZone: 'Europe/London', locale: 'en-GB' })
    const own = operation('school', at)
    const head = await beginOperation(tx, school.id, own)
    if (head) await append(tx, school.id, head, changes)
    return school
  })
}

/** A signed-in person with one role in one school. */
export async function makePerson(
  school: School,
  role: Role,
  instructorId: string | null = null,
  at = now,
): Promise<Person> {
  const userId = newId()
  const email = `${role}.${userId.slice(-12)}@school.example`
  const write = async (tx: Transaction): Promise<Change[]> => {
    await tx.insert(users).values({ id: userId, email, name: `The ${role}`, createdAt: at })
    const [membership] = await tx
      .insert(memberships)
      .values({ schoolId: school.id, id: newId(), userId, role, instructorId })
      .returning()
    return membership ? [{ entity: 'membership', after: membership }] : []
  }
  await writeInSchool(school.id, write, at)
  const name = `The ${role}`
  return { userId, sessionId: newId(), signedInAt: at, name, email, memberships: [{ school, role, instructorId }] }
}

/** This server knows its address, and may send webhooks to this machine. */
export const sending = { from: 'https://register.school.example', hosts: new Set(['127.0.0.1']) }

/** What a request of this person brings; a fresh key each time, so each call is a mutation of its own. */
export const requestOf = (
  person: Person | null,
  school: Pick<School, 'slug'> | null,
  more: Partial<RequestContext> = {},
): RequestContext => ({
  db,
  now,
  clock() {
    return this.now
  },
  requestId: 'test',
  person: async () => person,
  schoolSlug: school?.slug ?? null,
  sending,
  key: newId(),
  address: '127.0.0.1',
  userAgent: 'Test/1.0',
  setSession() {},
  setDevice() {},
  pause: async () => {},
  ...more,
})

/** Calls the router as this person, in their first school. Make one for each mutation, or name the `key`. */
export const as = (person: Person, more: Partial<RequestContext> = {}): Caller =>
  caller(requestOf(person, person.memberships[0]?.school ?? null, more))

/** For the functions below the procedures: what the guard would have made of this person's request. */
export function contextOf(person: Person, procedure = 'test', at = now): MutationContext {
  const [membership] = person.memberships
  if (!membership) throw new Error('this person belongs to no school')
  const { school, role, instructorId } = membership
  return {
    db,
    school,
    actor: { userId: person.userId, role, instructorId },
    now: at,
    clock() {
      return this.now
    },
    operation: { ...operation(procedure, at), way: 'screen' },
  }
}
