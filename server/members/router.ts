import { byId } from '../input.ts'
import { listRecordsInput, seenInput } from '../records/input.ts'
import { reading, router, writing } from '../trpc.ts'
import { endMemberSessions } from './end-sessions.ts'
import { inviteMemberInput, updateMemberInput } from './input.ts'
import { inviteMember } from './invite.ts'
import { resetMemberPassword } from './link.ts'
import { listMembers, readMember } from './read.ts'
import { removeMember, restoreMember } from './remove.ts'
import { updateMember } from './update.ts'

export const membersRouter = router({
  list: reading('member.read')
    .input(listRecordsInput)
    .query(({ ctx, input }) => listMembers(ctx, input)),
  get: reading('member.read')
    .input(byId)
    .query(({ ctx, input }) => readMember(ctx.db, ctx, input.id)),
  invite: writing('member.write', { once: true })
    .input(inviteMemberInput)
    .mutation(({ ctx, input }) => inviteMember(ctx, input)),
  update: writing('member.write')
    .input(updateMemberInput)
    .mutation(({ ctx, input }) => updateMember(ctx, input)),
  remove: writing('member.write')
    .input(seenInput)
    .mutation(({ ctx, input }) => removeMember(ctx, input)),
  restore: writing('member.write')
    .input(seenInput)
    .mutation(({ ctx, input }) => restoreMember(ctx, input)),
  resetPassword: writing('member.write', { once: true })
    .input(seenInput)
    .mutation(({ ctx, input }) => resetMemberPassword(ctx, input)),
  endSessions: writing('member.write')
    .input(seenInput)
    .mutation(({ ctx, input }) => endMemberSessions(ctx, input)),
})
