import { canonical, sha256 } from '../canonical.ts'
import type { RequestContext } from '../trpc.ts'
import { createFirstAdministrator } from './first-administrator.ts'
import type { CreateSetupInput } from './input.ts'
import { noted } from './noted.ts'
import { startSession } from './sessions.ts'
import { checkSetupToken, takeSetupToken } from './setup.ts'

export const completeSetup = (ctx: RequestContext, key: string, input: CreateSetupInput): Promise<void> =>
  noted(ctx, 'setup', {}, () => setUp(ctx, key, input))

async function setUp(ctx: RequestContext, key: string, input: CreateSetupInput) {
  const { token, ...administrator } = input
  await checkSetupToken(ctx.db, token, ctx.now)
  const { password: _, ...given } = administrator
  const operation = { id: key, procedure: 'setup.create', inputHash: sha256(canonical(given)), way: 'screen' } as const
  const { cookie, userId } = await createFirstAdministrator(
    ctx.db,
    operation,
    administrator,
    ctx.now,
    async (tx, id) => {
      await takeSetupToken(tx, token, ctx.now)
      return { userId: id, cookie: await startSession(tx, key, id, ctx.now, { userAgent: ctx.userAgent }) }
    },
  )
  ctx.setSession(cookie)
  return userId
}
