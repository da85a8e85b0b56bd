import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { knownError, sentenceOf } from '../errors.ts'
import { useUndo } from '../lists/use-undo.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { useTrpc } from '../school.tsx'
import { operationIdOf } from '../undo/own-operations.ts'
import { enrollmentWords } from './enrollment-words.ts'
import type { ClassFound } from './use-found.ts'

interface Refusal {
  isFull: boolean
  sentence: string
}

/** One class after the other; what is done leaves the list, and what was refused stays with its reason. */
export function useAddToClasses(
  student: { id: string; name: string },
  onAdded: (classId: string) => void,
  onDone: () => void,
) {
  const trpc = useTrpc()
  const messages = useMessages()
  const { enroll: words } = useWords(enrollmentWords)
  const say = useUndo()
  const [refused, setRefused] = useState<ReadonlyMap<string, Refusal>>(new Map())
  const [isBusy, setBusy] = useState(false)
  const { mutateAsync } = useMutation(trpc.classes.enroll.mutationOptions())

  const addTo = async ({ id }: ClassFound, beginDate: string | null, waitlist: boolean) => {
    try {
      const answer = await mutateAsync({
        classId: id,
        studentIds: [student.id],
        ...(beginDate && { beginDate }),
        waitlist,
      })
      return { operationId: operationIdOf(answer) }
    } catch (error) {
      const isFull = knownError(error)?.reason === 'class.full'
      return { refusal: { isFull, sentence: sentenceOf(error, messages) } }
    }
  }
  const send = async (chosen: ClassFound[], beginDate: string | null, waitlist: ReadonlySet<string>) => {
    setBusy(true)
    const refusals = new Map<string, Refusal>()
    const operations: string[] = []
    for (const one of chosen) {
      const { refusal, operationId } = await addTo(one, beginDate, waitlist.has(one.id))
      if (refusal) refusals.set(one.id, refusal)
      else onAdded(one.id)
      if (operationId) operations.push(operationId)
    }
    setBusy(false)
    setRefused(refusals)
    const added = chosen.length - refusals.size
    if (added) say(words.addedToast(student.name, added), operations)
    if (!refusals.size) onDone()
  }
  return {
    send,
    isBusy,
    refusals: new Map([...refused].map(([id, { sentence }]) => [id, sentence])),
    full: new Set([...refused].flatMap(([id, { isFull }]) => (isFull ? id : []))),
  }
}
