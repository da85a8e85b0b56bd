import { and, eq, inArray, sql } from 'drizzle-orm'
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

/** The entries of a membership tell of the person's account. */
const ofAccount = { isOwner: seen, isDisabled: seen } as const
export type AccountTold = Partial<Record<keyof typeof ofAccount, [was: boolean, is: boolean]>>

/** An erased instructor's account is not erased: its name shows in history who did what. Only its link to her ends. */
export const memberKind = {
  entity: 'membership',
  table: memberships,
  notFound: 'member.not_found',
  stale: 'member.stale',
  read: 'member.read',
  naming: accountName,
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
