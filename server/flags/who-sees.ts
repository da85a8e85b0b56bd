import { setImmediate } from 'node:timers/promises'
import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { memberships, schools, users } from '../../db/schema/index.ts'
import type { Role } from '../../db/values.ts'
import { hasJoined } from '../auth/rights.ts'
import type { FlagSet } from './flag-set.ts'
import { nobody } from './flag-set.ts'
import type { FlagKey } from './registry.ts'
import { flags } from './registry.ts'

const namedAtMost = 20
/** Other requests of the process get their turn after so many people. */
const atOnce = 1_000

interface Member {
  userId: string
  name: string
  email: string
  isOwner: boolean
  role: Role
  schoolId: number
  school: string
}
export interface Everyone {
  members: readonly Member[]
  schools: readonly { id: number; name: string; slug: string }[]
}
/** Counted are people, schools, or the register, whichever has one answer. */
export interface Seen {
  on: number
  of: number
  /** The first of those who have it; none where all or none have it. */
  names: { name: string; second: string }[]
}

export async function readEveryone(db: Reader, schoolId: number | null): Promise<Everyone> {
  const here = schoolId === null ? undefined : eq(schools.id, schoolId)
  const members = await db
    .select({
      ...{ userId: users.id, name: users.name, email: users.email, isOwner: users.isOwner },
      ...{ role: memberships.role, schoolId: memberships.schoolId, school: schools.name },
    })
    .from(memberships)
    .innerJoin(users, and(eq(users.id, memberships.userId), isNull(users.disabledAt), eq(users.isService, false)))
    .innerJoin(schools, and(eq(schools.id, memberships.schoolId), isNull(schools.archivedAt)))
    .where(and(hasJoined(), here))
    .orderBy(asc(users.name), asc(users.id), asc(schools.name))
  const inUse = await db
    .select({ id: schools.id, name: schools.name, slug: schools.slug })
    .from(schools)
    .where(and(isNull(schools.archivedAt), here))
    .orderBy(asc(schools.name), asc(schools.id))
  return { members, schools: inUse }
}

type Named = Seen['names'][number]
const summed = (having: ReadonlyMap<unknown, Named>, of: number): Seen => ({
  on: having.size,
  of,
  names: having.size < of ? [...having.values()].slice(0, namedAtMost) : [],
})

/** A person of several schools counts once, and has it where one of them does. */
async function peopleWith(key: FlagKey, set: FlagSet, members: readonly Member[]): Promise<Seen> {
  const [all, having] = [new Set<string>(), new Map<string, Named>()]
  for (const [index, member] of members.entries()) {
    if (index % atOnce === atOnce - 1) await setImmediate()
    all.add(member.userId)
    if (having.has(member.userId) || !set.serves(key, member)) continue
    having.set(member.userId, { name: member.name, second: `${member.email}, ${member.school}` })
  }
  return summed(having, all.size)
}

export async function whoSees(key: FlagKey, set: FlagSet, everyone: Everyone): Promise<Seen> {
  const { per } = flags[key]
  if (per === 'person') return peopleWith(key, set, everyone.members)
  if (per === 'register') return { on: Number(set.serves(key, nobody)), of: 1, names: [] }
  const having = everyone.schools.filter(({ id }) => set.serves(key, { ...nobody, schoolId: id }))
  return summed(new Map(having.map(({ id, name, slug }) => [id, { name, second: slug }])), everyone.schools.length)
}
