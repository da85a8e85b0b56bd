import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { knownError, sentenceOf } from '../errors.ts'
import { useMessages } from '../messages/messages.tsx'
import { useTrpc } from '../school.tsx'
import { operationIdOf } from '../undo/own-operations.ts'
import type { Meetings } from './timetable-section.tsx'
import type { Conflict, Conflicts } from './use-conflicts.ts'
import { inputOf } from './use-conflicts.ts'
import type { MeetingsForm } from './use-meetings-form.ts'

const standOf = (meetings: MeetingsForm['seen']) =>
  JSON.stringify(meetings.map(({ id, version }) => `${id} ${version}`).toSorted())

/** Saves what was typed; what the server finds in its way comes back as conflicts, or as somebody else's meetings. */
export function useSaveMeetings(
  classId: string,
  form: MeetingsForm,
  conflicts: Conflicts,
  onSaved: (operationId: string | undefined, isChanged: boolean) => void,
) {
  const trpc = useTrpc()
  const messages = useMessages()
  const queryClient = useQueryClient()
  const [failure, setFailure] = useState<string | null>(null)
  const [theirs, setTheirs] = useState<Meetings | null>(form.isOvertaken ? form.base : null)
  const refused = async (error: unknown) => {
    const known = knownError(error)
    if (known?.reason === 'meeting.conflicts')
      return conflicts.refused((known.details as { conflicts: Conflict[] }).conflicts)
    if (known?.reason !== 'meeting.stale') return setFailure(sentenceOf(error, messages))
    setTheirs(await queryClient.fetchQuery(trpc.meetings.list.queryOptions({ classId }, { staleTime: 0 })))
  }
  const update = useMutation(
    trpc.meetings.update.mutationOptions({
      onSuccess: (answer, { seen }) => onSaved(operationIdOf(answer), standOf(answer.meetings) !== standOf(seen)),
      onError: (error) => refused(error).catch((other) => setFailure(sentenceOf(other, messages))),
    }),
  )
  const save = (overrideReason: string | null) => {
    setFailure(null)
    update.mutate({ ...inputOf(classId, form), seen: form.seen, overrideReason })
  }
  const meet = (takesTheirs: boolean) => {
    form.meet(theirs ?? form.base, takesTheirs)
    setTheirs(null)
  }
  return { save, failure, theirs, meet, isBusy: update.isPending }
}
