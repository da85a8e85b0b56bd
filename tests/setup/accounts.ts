/** People who sign in with a password: those of `makePerson` have none. */
import { hash } from '@node-rs/argon2'
import { eq } from 'drizzle-orm'
import { noSchool } from '../../db/database.ts'
import { users } from '../../db/schema/index.ts'
import type { Role } from '../../db/values.ts'
import type { School } from '../../server/context.ts'
import type { Person, RequestContext } from '../../server/trpc.ts'
import { as, caller, db, makePerson, now, requestOf } from './people.ts'

export const password = 'four quiet green lamps'
/** It costs next to nothing to check, since a test signs in hundreds of times; only those of sign-in.test.ts measure the real one. */
let stored: Promise<string> | undefined
export const passwordHash = (): Promise<string> => {
  stored ??= hash(password, { memoryCost: 8, timeCost: 1 })
  return stored
}

export const changeAccount = (userId: string, change: Partial<typeof users.$inferInsert>): Promise<void> =>
  db.transaction(noSchool, async (tx) => void (await tx.update(users).set(change).where(eq(users.id, userId))))

export async function makeAccount(school: School, role: Role): Promise<Person> {
  const person = await makePerson(school, role)
  await changeAccount(person.userId, { passwordHash: await passwordHash() })
  return person
}

/** The person joins another school too, by a link of its administrator, with the password she has, which she chose herself. */
export async function joinAlso(person: Person, by: Person, role: Role) {
  await changeAccount(person.userId, { passwordChosenAt: now })
  const { link, member } = await as(by).members.invite({ name: person.name, email: person.email, role })
  await visitor().invitation.accept({ token: link.token, presentPassword: password })
  return member
}

/** Calls the router as somebody who is not signed in. */
export const visitor = (more: Partial<RequestContext> = {}) => caller(requestOf(null, null, more))
