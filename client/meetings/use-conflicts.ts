import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { useTrpc } from '../school.tsx'
import type { Inputs, Outputs } from '../trpc.ts'
import type { MeetingsForm } from './use-meetings-form.ts'

export type Conflict = Outputs['meetings']['conflicts']['conflicts'][number] & {
  /** The class that is asked about, where the person chose none. */
  ownTitle?: string
}
export type TooSmall = Outputs['meetings']['conflicts']['seats'][number]
/** An answer with the rows it was about: while the next one is under way, it stays where it belongs. */
interface Answered {
  keys: number[]
  to: string | null
  conflicts: Conflict[]
  seats: TooSmall[]
}

export const inputOf = (classId: string, { from, to, slots }: MeetingsForm): Inputs['meetings']['conflicts'] => ({
  classId,
  from,
  ...(to !== undefined && { to: to || null }),
  meetings: slots.map(({ slot }) => slot),
})

const pause = 250

/** While somebody types: what the meetings that can be read so far collide with. */
export function useConflicts(classId: string, form: MeetingsForm) {
  const trpc = useTrpc()
  const { slots, errors } = form
  const text = JSON.stringify({ input: inputOf(classId, form), keys: slots.map(({ key }) => key) })
  const [settled] = useDebouncedValue(text, pause)
  const asked = useMemo(() => JSON.parse(settled) as { input: ReturnType<typeof inputOf>; keys: number[] }, [settled])
  const query = useQuery(
    trpc.meetings.conflicts.queryOptions(asked.input, { enabled: !errors.from && !errors.to, staleTime: 0 }),
  )
  const [answered, setAnswered] = useState<Answered>()
  const { data } = query
  useEffect(() => {
    if (data) setAnswered({ keys: asked.keys, ...data })
  }, [data, asked])
  return {
    answered,
    isChecking: text !== settled || query.isFetching,
    /** The server found these when it was asked to save. */
    refused: (conflicts: Conflict[]) =>
      setAnswered({
        keys: slots.map(({ key }) => key),
        to: answered?.to ?? null,
        seats: answered?.seats ?? [],
        conflicts,
      }),
  }
}
export type Conflicts = ReturnType<typeof useConflicts>
export const isNew = ({ stands }: Conflict): boolean => !stands
