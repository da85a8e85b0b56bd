import { and, count, eq } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import { apiTokens } from '../../db/schema/index.ts'
import type { Role } from '../../db/values.ts'
import { allows } from '../access.ts'
import { hashToken } from '../auth/tokens.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { CreateApiTokenInput } from './input.ts'
import { newApiToken } from './token.ts'

const day = 86_400_000
export const tokensAtMost = 20

export interface MadeToken {
  id: string
  token: string
}

/** Throws `permission.missing` for a scope that the member's role lacks, and `apiToken.too_many`. */
export async function addToken(
  tx: Transaction,
  { school, actor, now }: MutationContext,
  member: { id: string; role: Role },
  { name, scopes, days }: Pick<CreateApiTokenInput, 'name' | 'scopes' | 'days'>,
): Promise<MadeToken> {
  if (!scopes.every((scope) => allows({ role: member.role }, scope))) throw new DomainError('permission.missing')
  const [held] = await tx
    .select({ n: count() })
    .from(apiTokens)
    .where(and(eq(apiTokens.schoolId, school.id), eq(apiTokens.membershipId, member.id)))
  if ((held?.n ?? 0) >= tokensAtMost) throw new DomainError('apiToken.too_many', { most: tokensAtMost })
  const made = { id: newId(), token: newApiToken() }
  await tx.insert(apiTokens).values({
    schoolId: school.id,
    id: made.id,
    membershipId: member.id,
    name,
    tokenHash: hashToken(made.token),
    scopes: [...new Set(scopes)].toSorted(),
    madeBy: actor.userId,
    createdAt: now,
    expiresAt: new Date(now.getTime() + days * day),
  })
  return made
}

/** A token is shown once; a repeated request made none, so it is `operation.repeated`. */
export function shownOnce(made: MadeToken | undefined): MadeToken {
  if (!made) throw new DomainError('operation.repeated')
  return made
}
