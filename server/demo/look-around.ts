import { and, eq, isNull, ne } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { memberships, schools } from '../../db/schema/index.ts'
import { requireOwner } from '../auth/owners.ts'
import { hasJoined } from '../auth/rights.ts'
import type { MutationContext } from '../context.ts'
import { DomainError, domainError } from '../errors.ts'
import { mutate } from '../journal/operation.ts'
import { schoolRow, writeSchool } from '../schools/update.ts'
import { fillDemoSchool, findDemoSchool } from './fill.ts'

/** Enough to look around in, and written within about a second. */
const students = 240

/** The register's school of invented people: the one that is there, or a new one. Throws `owner.only`. */
export async function lookAround({ db, actor, now, operation }: MutationContext): Promise<{ slug: string }> {
  await requireOwner(db, actor.userId)
  const there = await findDemoSchool(db)
  if (there) return { slug: there }
  try {
    const { school } = await fillDemoSchool(db, { students, now, by: { ...operation, actorId: actor.userId } })
    await db.optimize()
    return { slug: school.slug }
  } catch (error) {
    const faster = domainError(error)?.reason === 'demo.there' ? await findDemoSchool(db) : undefined
    if (!faster) throw error
    return { slug: faster }
  }
}

/** Without a school nobody finds the way to another one, nor to a new demo school. */
async function requireAnother(tx: Transaction, { school, actor }: MutationContext): Promise<void> {
  const [other] = await tx
    .select({ id: schools.id })
    .from(memberships)
    .innerJoin(schools, and(eq(schools.id, memberships.schoolId), isNull(schools.archivedAt)))
    .where(and(eq(memberships.userId, actor.userId ?? ''), hasJoined(), ne(schools.id, school.id)))
    .limit(1)
  if (!other) throw new DomainError('demo.only')
}

/** The demo school of this request is archived, for everyone; a new one can be made. Throws `demo.none`, `demo.only`, `owner.only`. */
export function endDemo(ctx: MutationContext) {
  return mutate(
    ctx,
    { deed: 'archive', about: 'school' },
    async (tx) => {
      await requireOwner(tx, ctx.actor.userId)
      const before = await schoolRow(tx, ctx.school.id)
      if (!before.isDemo) throw new DomainError('demo.none')
      await requireAnother(tx, ctx)
      return writeSchool(tx, before, { archivedAt: ctx.now })
    },
    async () => null,
  )
}
