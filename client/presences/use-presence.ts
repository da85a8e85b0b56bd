import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { v7 as newId } from 'uuid'
import { useIsHere } from '../activity.ts'
import { useFlag, useTrpc } from '../school.tsx'
import { useIsSignedOut } from '../signed-out.ts'
import type { Inputs, Outputs } from '../trpc.ts'

export type Other = Outputs['presences']['keep'][number]
export type Opened = Omit<Inputs['presences']['keep'], 'tab'>

/** This tab, for as long as it isn't loaded again. */
const tab = newId()
/** In ms; the server forgets who hasn't said it for three times as long. */
const sayEvery = 10_000
/** In ms. A record that somebody only passes on the way down a list does not count as open. */
const afterAMoment = 800
/** It runs by itself, so a failure is not shown. */
const none: Other[] = []
const trpcOptions = { context: { isQuiet: true } }

/** Reports that this tab shows the record while somebody uses it, and returns who else has it open. */
export function usePresence({ entity, entityId, isEditing = false }: Opened): Other[] {
  const trpc = useTrpc()
  const isHere = useIsHere()
  const isSignedOut = useIsSignedOut()
  const isKnown = useFlag('presences', true)
  const [others, setOthers] = useState<Other[]>([])
  const keep = useMutation(trpc.presences.keep.mutationOptions({ trpc: trpcOptions, onSuccess: setOthers })).mutate
  const remove = useMutation(trpc.presences.remove.mutationOptions({ trpc: trpcOptions })).mutate
  const isKept = useRef(false)
  useEffect(() => {
    if (!isHere || isSignedOut || !isKnown) return
    const say = () => {
      isKept.current = true
      keep({ tab, entity, entityId, isEditing })
    }
    const first = setTimeout(say, afterAMoment)
    const timer = setInterval(say, sayEvery)
    return () => {
      clearTimeout(first)
      clearInterval(timer)
    }
  }, [isHere, isSignedOut, isKnown, keep, entity, entityId, isEditing])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another record is another presence
  useEffect(
    () => () => {
      if (isKept.current) remove({ tab })
      isKept.current = false
      setOthers([])
    },
    [remove, entity, entityId],
  )
  return isKnown ? others : none
}
