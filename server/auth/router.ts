import { keyOf, open, router, signedIn } from '../trpc.ts'
import { changePassword } from './change-password.ts'
import { completeSetup } from './complete-setup.ts'
import {
  acceptInvitationInput,
  changePasswordInput,
  checkSetupInput,
  createSessionInput,
  createSetupInput,
  getInvitationInput,
  revokeSessionInput,
} from './input.ts'
import { acceptInvitation, describeInvitation } from './invitation.ts'
import { listSessions, revokeOtherSessions, revokeSession } from './own-sessions.ts'
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
  list: signedIn().query(({ ctx }) => listSessions(ctx)),
  revoke: signedIn()
    .input(revokeSessionInput)
    .mutation(({ ctx, input }) => revokeSession(ctx, input.sessionId)),
  revokeOthers: signedIn().mutation(({ ctx }) => revokeOtherSessions(ctx)),
  changePassword: signedIn({ once: true })
    .input(changePasswordInput)
    .mutation(({ ctx, input }) => changePassword(ctx, keyOf(ctx), input)),
})

export const invitationRouter = router({
  get: open()
    .input(getInvitationInput)
    .query(({ ctx, input }) => describeInvitation(ctx, input.token)),
  accept: open({ once: true })
    .input(acceptInvitationInput)
    .mutation(({ ctx, input }) => acceptInvitation(ctx, keyOf(ctx), input)),
})

export const setupRouter = router({
  get: open()
    .input(checkSetupInput)
    .query(async ({ ctx, input }) => {
      await checkSetupToken(ctx.db, input.token, ctx.now)
      // The query cache of the screens does not accept undefined.
      return null
    }),
  create: open({ once: true })
    .input(createSetupInput)
    .mutation(({ ctx, input }) => completeSetup(ctx, keyOf(ctx), input)),
})
