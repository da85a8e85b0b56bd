import { and, eq, isNotNull, isNull, ne } from 'drizzle-orm'
import type { Reader, Transaction } from '../../db/database.ts'
import { inUse } from '../../db/rows.ts'
import { memberships, users } from '../../db/schema/index.ts'
import type { Role } from '../../db/values.ts'
import { hasJoined } from '../auth/rights.ts'
import { DomainError } from '../errors.ts'
import { serviceRoles } from './input.ts'

/** An administrator of another school may have set the account's password, or made a link for it. */
export async function isKnownElsewhere(tx: Reader, schoolId: number, userId: string): Promise<boolean> {
  const [other] = await tx
    .select({ id: memberships.id })
    .from(memberships)
    .where(and(eq(memberships.userId, userId), ne(memberships.schoolId, schoolId)))
    .limit(1)
  return other !== undefined
}

/** Throws `member.last_administrator`. The school's lock makes the second of two who demote each other find this. */
export async function keepAnAdministrator(tx: Transaction, schoolId: number, leaving: string): Promise<void> {
  const [other] = await tx
    .select({ id: memberships.id })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(memberships.schoolId, schoolId),
        hasJoined(),
        ne(memberships.id, leaving),
        eq(memberships.role, 'administrator'),
        isNotNull(users.passwordHash),
        isNull(users.disabledAt),
      ),
    )
    .limit(1)
  if (!other) throw new DomainError('member.last_administrator')
}

/** Two accounts of one instructor would both see her classes. */
export async function requireFreeInstructor(
  tx: Transaction,
  schoolId: number,
  instructorId: string | null | undefined,
  membershipId?: string,
): Promise<void> {
  if (!instructorId) return
  const [taken] = await tx
    .select({ id: memberships.id })
    .from(memberships)
    .where(
      inUse(
        memberships,
        schoolId,
        eq(memberships.instructorId, instructorId),
        membershipId ? ne(memberships.id, membershipId) : undefined,
      ),
    )
    .limit(1)
  if (taken) throw new DomainError('member.instructor_taken')
}

/** Throws `member.service` for a role that only a person has. */
export async function requireFit(tx: Reader, userId: string, role: Role): Promise<void> {
  if ((serviceRoles as readonly Role[]).includes(role)) return
  const [found] = await tx.select({ isService: users.isService }).from(users).where(eq(users.id, userId))
  if (found?.isService) throw new DomainError('member.service')
}
