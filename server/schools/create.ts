import { and, eq, like, max, or } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { fold } from '../../db/folding.ts'
import { schools, users } from '../../db/schema/index.ts'
import type { Change } from '../journal/entry.ts'
import { alsoTelling } from '../journal/entry.ts'
import { memberKind } from '../members/kind.ts'
import { addRecord } from '../records/write.ts'

export interface NewSchool {
  name: string
  timeZone: string
  locale: string
  isDemo?: boolean
  source?: string | null
  sourcedId?: string | null
  extra?: Record<string, string>
}
export type SchoolRow = typeof schools.$inferSelect

/** These first segments of URLs are pages of their own. */
const reserved = ['api', 'assets', 'health', 'join', 'metrics', 'setup', 'sign-in', 'trpc', 'openapi']

export const isReservedSlug = (slug: string): boolean => reserved.includes(slug)

const slugOf = (name: string) =>
  fold(name)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50) || 'school'

async function freeSlug(tx: Transaction, name: string): Promise<string> {
  const base = slugOf(name)
  const taken = await tx
    .select({ slug: schools.slug })
    .from(schools)
    .where(or(eq(schools.slug, base), like(schools.slug, `${base}-%`)))
  const used = new Set([...reserved, ...taken.map(({ slug }) => slug)])
  let slug = base
  for (let n = 2; used.has(slug); n++) slug = `${base}-${n}`
  return slug
}

/** The caller's transaction holds the lock `register`. The changes go into the new school's own journal. */
export async function createSchool(
  tx: Transaction,
  school: NewSchool,
): Promise<{ school: SchoolRow; changes: Change[] }> {
  const [highest] = await tx.select({ id: max(schools.id) }).from(schools)
  const id = (highest?.id ?? 0) + 1
  const [made] = await tx
    .insert(schools)
    .values({ ...school, id, slug: await freeSlug(tx, school.name) })
    .returning()
  const changes: Change[] = [{ entity: 'school', after: made as SchoolRow }]
  const owners = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.isOwner, true)))
  for (const owner of owners) changes.push(...(await addOwner(tx, id, owner.id)))
  return { school: made as SchoolRow, changes }
}

export async function addOwner(tx: Transaction, schoolId: number, userId: string): Promise<Change[]> {
  const added = await addRecord(tx, memberKind, schoolId, { userId, role: 'administrator' })
  return alsoTelling([added], { isOwner: [false, true] })
}
