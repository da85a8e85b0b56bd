import { call, reading, router, writing } from '../trpc.ts'
import { createApiToken } from './create.ts'
import { createService } from './create-service.ts'
import { createApiTokenInput, createServiceInput, revokeApiTokenInput } from './input.ts'
import { listApiTokens, listOwnApiTokens, offeredScopes } from './read.ts'
import { revokeApiToken } from './revoke.ts'

/** They let an app in. What takes a right away never waits for a password. */
const giving = { fresh: true, once: true } as const

export const apiTokensRouter = router({
  list: reading('member.read').query(({ ctx }) => listApiTokens(ctx)),
  mine: reading('apiToken.write').query(({ ctx }) => listOwnApiTokens(ctx)),
  scopes: reading('apiToken.write').query(({ ctx }) => offeredScopes(ctx)),
  create: writing('apiToken.write', giving).input(createApiTokenInput).mutation(call(createApiToken)),
  createService: writing('member.write', giving).input(createServiceInput).mutation(call(createService)),
  revoke: writing('apiToken.write').input(revokeApiTokenInput).mutation(call(revokeApiToken)),
})
