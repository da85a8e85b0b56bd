import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { SchoolClass } from '../classes/class-kind.ts'
import { sentenceOf } from '../errors.ts'
import { useUndo } from '../lists/use-undo.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { fullName } from '../people.ts'
import { useTrpc } from '../school.tsx'
import { toast } from '../ui/toast.tsx'
import { enrollmentWords } from './enrollment-words.ts'

type Waiting = SchoolClass['roster'][number]

/** The list with the one at `from` at the place `to`. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const without = list.filter((_, index) => index !== from)
  return [...without.slice(0, to), ...list.slice(from, from + 1), ...without.slice(to)]
}

/** The order of those who wait: tried on the screen first, and sent when it is let go of. */
export function useWaitingOrder({ id: classId }: SchoolClass, waiting: readonly Waiting[]) {
  const trpc = useTrpc()
  const messages = useMessages()
  const { change, waitlist: words } = useWords(enrollmentWords)
  const say = useUndo({ undo: change.undo, undone: words.orderUndone })
  const [tried, setTried] = useState<readonly string[] | null>(null)
  const { mutate, isPending } = useMutation(
    trpc.enrollments.reorder.mutationOptions({
      onError: (error) => toast(sentenceOf(error, messages)),
      onSettled: () => setTried(null),
    }),
  )
  const byId = new Map(waiting.map((one) => [one.id, one]))
  const isWhole = tried?.length === waiting.length && tried.every((id) => byId.has(id))
  const shown = isWhole ? tried.flatMap((id) => byId.get(id) ?? []) : waiting
  const isSame = shown.every(({ id }, index) => waiting[index]?.id === id)
  /** `about` is who was moved; without it the order alone is told. */
  const send = (order: readonly Waiting[], about?: Waiting) => {
    if (isPending) return
    setTried(order.map(({ id }) => id))
    const place = order.findIndex(({ id }) => id === about?.id) + 1
    const items = order.map(({ id, version }) => ({ id, version }))
    const onSuccess = ({ operationId }: { operationId: string }) =>
      say(about ? words.nowAt(fullName(about), place) : words.orderSaved, operationId)
    mutate({ classId, items }, { onSuccess })
  }
  return {
    shown,
    /** Another order is shown than the saved one. */
    isTried: !isSame,
    isBusy: isPending,
    /** Shows the one at `from` at the place `to`, if there is such a place. */
    put(from: number, to: number) {
      if (!isPending && to >= 0 && to < shown.length) setTried(moved(shown, from, to).map(({ id }) => id))
    },
    cancel: () => setTried(null),
    save: (about?: Waiting) => {
      if (!isSame) send(shown, about)
    },
    /** Puts the one at `from` at the place `to`, and saves it. */
    drop: (from: number, to: number) => send(moved(shown, from, to), shown[from]),
  }
}
