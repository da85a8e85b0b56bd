import { useMutation } from '@tanstack/react-query'
import type { DayKind } from '../../db/values.ts'
import type { CycleChoice } from '../../server/calendars/input.ts'
import { useUndo } from '../lists/use-undo.ts'
import { useWords } from '../messages/messages.tsx'
import { useTrpc } from '../school.tsx'
import type { Inputs } from '../trpc.ts'
import { operationIdOf } from '../undo/own-operations.ts'
import { calendarWords } from './calendar-words.ts'
import type { CalendarDay } from './month-grid.tsx'
import { useHeldDays } from './use-held-days.ts'

export interface DayChange {
  kind: DayKind
  bellScheduleId: string | null
}

/** Says what became of the days, with Undo. `stored` are the days that the screen knows. */
export function useChangeDays(stored: readonly CalendarDay[], onSaved: () => void) {
  const trpc = useTrpc()
  const { change: words } = useWords(calendarWords)
  const say = useUndo(words)
  const { mutate, isPending } = useMutation(
    trpc.calendars.changeDays.mutationOptions({
      onSuccess: (answer, { from, to, kind }) => {
        const count = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1
        say(words.saved(kind, from, count), operationIdOf(answer))
        held.clear()
        onSaved()
      },
      onError: (error, input) => held.refused(error, input),
    }),
  )
  const held = useHeldDays<Inputs['calendars']['changeDays']>((input) => mutate(input))
  const save = (range: { from: string; to: string }, change: DayChange, note: string, cycle: CycleChoice) => {
    held.clear()
    const seen = stored
      .filter(({ date }) => range.from <= date && date <= range.to)
      .map(({ id, version }) => ({ id, version }))
    mutate({ ...range, ...change, note: note.trim() || null, cycle, seen })
  }
  return { save, failure: held.failure, question: held.question, isBusy: isPending }
}
