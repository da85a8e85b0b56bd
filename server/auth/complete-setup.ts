import { canonical, sha256 } from '../canonical.ts'
import type { RequestContext } from '../trpc.ts'
import { createFirstAdministrator } from './first-administrator.ts'
import type { CreateSetupInput } from './input.ts'
import { startSession } from './sessions.ts'
import { checkSetupToken, takeSetupToken } from './setup.ts'

export async function completeSetup(ctx: RequestContext, key: string, input: CreateSetupInput): Promise<void> {
  const { token, ...administrator } = input
  await checkSetupToken(ctx.db, token, ctx.now)
  const { password: _, ...given } = administrator
  const operation = { id: key, procedure: 'setup.create', inputHash: sha256(canonical(given)), way: 'screen' } as const
  const cookie = await createFirstAdministrator(ctx.db, operation, administrator, ctx.now, async (tx, userId) => {
    await takeSetupToken(tx, token, ctx.now)
    return startSession(tx, key, userId, ctx.now, { userAgent: ctx.userAgent })
  })
  ctx.setSession(cookie)
}
