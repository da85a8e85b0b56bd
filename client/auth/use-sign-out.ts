import { useMutation } from '@tanstack/react-query'
import { drafts } from '../drafts/drafts.ts'
import { knownError, sentenceOf } from '../errors.ts'
import { useMessages } from '../messages/messages.tsx'
import { register } from '../session.ts'
import { toast } from '../ui/toast.tsx'

/** Leaves nothing of the school's data in the page's memory or the tab's. */
function leave(): void {
  drafts.removeAll()
  location.assign('/sign-in')
}

export function useSignOut() {
  const messages = useMessages()
  return useMutation(
    register.trpc.session.remove.mutationOptions({
      onSuccess: leave,
      onError: (error) =>
        knownError(error)?.reason === 'session.missing' ? leave() : toast(sentenceOf(error, messages)),
    }),
    register.queryClient,
  )
}
