import { useMutation } from '@tanstack/react-query'
import { sentenceOf } from '../errors.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { useTrpc } from '../school.tsx'
import { toast } from '../ui/toast.tsx'
import type { Member, OneTimeLink } from './member-queries.ts'
import { membersWords } from './members-words.ts'

const seen = ({ id, version }: Member) => ({ id, version })

/** What an administrator does with a member besides the role. */
export function useMemberActions(onLink: (link: OneTimeLink) => void) {
  const trpc = useTrpc()
  const messages = useMessages()
  const { one } = useWords(membersWords)
  const onError = (error: unknown) => toast(sentenceOf(error, messages))
  const restore = useMutation(
    trpc.members.restore.mutationOptions({
      onError,
      onSuccess: ({ name, state }) => toast(state === 'invited' ? one.waitsAgain(name) : one.restored(name)),
    }),
  )
  const remove = useMutation(
    trpc.members.remove.mutationOptions({
      onError,
      onSuccess: (member) => {
        // The school is gone for whoever removed themselves.
        if (member.isYou) return location.assign('/')
        toast(one.removed(member.name), { label: one.undo, run: () => restore.mutate(seen(member)) })
      },
    }),
  )
  const endSessions = useMutation(
    trpc.members.endSessions.mutationOptions({
      onError,
      onSuccess: (member) => toast(one.sessionsEnded(member.name)),
    }),
  )
  const disable = useMutation(
    trpc.members.disable.mutationOptions({ onError, onSuccess: ({ name }) => toast(one.isDisabled(name)) }),
  )
  const enable = useMutation(
    trpc.members.enable.mutationOptions({ onError, onSuccess: ({ name }) => toast(one.isEnabled(name)) }),
  )
  const makeOwner = useMutation(
    trpc.members.giveOwnership.mutationOptions({ onError, onSuccess: ({ name }) => toast(one.madeOwner(name)) }),
  )
  const giveUp = useMutation(
    trpc.members.giveUpOwnership.mutationOptions({ onError, onSuccess: () => toast(one.gaveUpOwnership) }),
  )
  const makeLink = useMutation(
    trpc.members.resetPassword.mutationOptions({
      onError,
      onSuccess: ({ link }) => onLink(link),
    }),
  )
  return {
    isBusy: [restore, remove, endSessions, disable, enable, makeOwner, giveUp, makeLink].some((one) => one.isPending),
    restore: (member: Member) => restore.mutate(seen(member)),
    remove: (member: Member) => remove.mutate(seen(member)),
    endSessions: (member: Member) => endSessions.mutate(seen(member)),
    disable: (member: Member) => disable.mutate(seen(member)),
    enable: (member: Member) => enable.mutate(seen(member)),
    makeOwner: (member: Member) => makeOwner.mutate(seen(member)),
    giveUpOwnership: (member: Member) => giveUp.mutate(seen(member)),
    makeLink: (member: Member) => makeLink.mutate(seen(member)),
  }
}
