import { byId } from '../input.ts'
import { listRecordsInput, seenInput } from '../records/input.ts'
import { call, readById, reading, router, writing } from '../trpc.ts'
import { disableMember, enableMember } from './disable.ts'
import { endMemberSessions } from './end-sessions.ts'
import { inviteMemberInput, updateMemberInput } from './input.ts'
import { inviteMember } from './invite.ts'
import { resetMemberPassword } from './link.ts'
import { giveOwnership, giveUpOwnership } from './ownership.ts'
import { listMembers, readMember } from './read.ts'
import { removeMember, restoreMember } from './remove.ts'
import { updateMember } from './update.ts'

/** They give somebody rights. What takes rights away never waits for a password. */
const giving = { fresh: true } as const

export const membersRouter = router({
  list: reading('member.read').input(listRecordsInput).query(call(listMembers)),
  get: reading('member.read').input(byId).query(readById(readMember)),
  invite: writing('member.write', { ...giving, once: true })
    .input(inviteMemberInput)
    .mutation(call(inviteMember)),
  update: writing('member.write', giving).input(updateMemberInput).mutation(call(updateMember)),
  remove: writing('member.write').input(seenInput).mutation(call(removeMember)),
  restore: writing('member.write', giving).input(seenInput).mutation(call(restoreMember)),
  resetPassword: writing('member.write', { ...giving, once: true })
    .input(seenInput)
    .mutation(call(resetMemberPassword)),
  disable: writing('member.write').input(seenInput).mutation(call(disableMember)),
  enable: writing('member.write', giving).input(seenInput).mutation(call(enableMember)),
  giveOwnership: writing('member.write', giving).input(seenInput).mutation(call(giveOwnership)),
  giveUpOwnership: writing('member.write').input(seenInput).mutation(call(giveUpOwnership)),
  endSessions: writing('member.write').input(seenInput).mutation(call(endMemberSessions)),
})
