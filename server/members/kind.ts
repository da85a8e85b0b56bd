import { and, eq, inArray, ne, notExists, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { alias } from '../../db/kit.ts'
import { memberships, users } from '../../db/schema/index.ts'
import type { Kind } from '../records/declaration.ts'
import { edited, seen } from '../records/fields.ts'
import type { Naming } from '../records/naming.ts'

const accountName: Naming = {
  fields: [],
  async find(db, schoolId, ids) {
    const rows = await db
      .select({ id: memberships.id, name: sql<string>`coalesce(${memberships.invitedName}, ${users.name})` })
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .where(and(eq(memberships.schoolId, schoolId), inArray(memberships.id, ids)))
    return rows.map(({ id, name }) => ({ entity: 'membership', recordId: id, id, name, inClass: null }))
  },
}

/** The entries of a membership tell of the person's account: also which link or token was made for it, and that its sessions ended. */
const ofAccount = { isOwner: seen, isDisabled: seen, link: seen, sessions: seen, apiToken: seen } as const
export type AccountTold = Partial<Record<'isOwner' | 'isDisabled', [was: boolean, is: boolean]>>

/** Of people of several schools, the one may tell of a change that another made after it. */
async function accounts(db: Reader, rows: readonly (typeof memberships.$inferSelect)[]) {
  if (!rows.length) return new Map()
  const elsewhere = alias(memberships, 'elsewhere')
  const isElsewhere = and(eq(elsewhere.userId, users.id), ne(elsewhere.schoolId, rows[0]?.schoolId ?? 0))
  const found = await db
    .select({ id: users.id, isOwner: users.isOwner, disabledAt: users.disabledAt })
    .from(users)
    .where(
      and(
        inArray(
          users.id,
          rows.map(({ userId }) => userId),
        ),
        notExists(db.select({ one: sql`1` }).from(elsewhere).where(isElsewhere)),
      ),
    )
  const of = new Map(found.map(({ id, isOwner, disabledAt }) => [id, { isOwner, isDisabled: disabledAt !== null }]))
  return new Map(rows.map(({ id, userId }) => [id, of.get(userId) ?? {}]))
}

/** An erased instructor's account is not erased: its name shows in history who did what. Only its link to her ends. */
export const memberKind = {
  entity: 'membership',
  table: memberships,
  notFound: 'member.not_found',
  stale: 'member.stale',
  read: 'member.read',
  naming: accountName,
  beside: accounts,
  fields: {
    ...edited,
    ...ofAccount,
    userId: { sees: 'none' },
    invitedName: { sees: 'none' },
    role: seen,
    instructorId: { sees: 'all', refers: { to: 'instructor', whenArchived: 'stays', whenErased: 'forgotten' } },
  },
  undo: {
    because: 'undo.rights',
    procedures: {
      'members.invite': 'undo.invitation',
      'members.resetPassword': 'undo.sign_in',
      'members.endSessions': 'undo.sign_in',
    },
  },
} as const satisfies Kind<typeof memberships>
