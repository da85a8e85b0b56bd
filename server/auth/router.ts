import { keyOf, open, router, signedIn } from '../trpc.ts'
import { completeSetup } from './complete-setup.ts'
import { checkSetupInput, createSessionInput, createSetupInput } from './input.ts'
import { describeSession } from './read.ts'
import { endSession } from './sessions.ts'
import { checkSetupToken } from './setup.ts'
import { signIn } from './sign-in.ts'

export const sessionRouter = router({
  get: open().query(({ ctx }) => describeSession(ctx)),
  create: open({ once: true })
    .input(createSessionInput)
    .mutation(({ ctx, input }) => signIn(ctx, keyOf(ctx), input)),
  remove: signedIn({ once: true }).mutation(async ({ ctx }) => {
    await endSession(ctx.db, ctx.person.sessionId)
    ctx.setSession(null)
  }),
})

export const setupRouter = router({
  get: open()
    .input(checkSetupInput)
    .query(async ({ ctx, input }) => {
      await checkSetupToken(ctx.db, input.token, ctx.now)
      // The screens' cache knows no undefined.
      return null
    }),
  create: open({ once: true })
    .input(createSetupInput)
    .mutation(({ ctx, input }) => completeSetup(ctx, keyOf(ctx), input)),
})
