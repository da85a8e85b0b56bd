import { useWords } from '../messages/messages.tsx'
import type { Change } from '../records/many/change.ts'
import { countIn } from '../records/many/change.ts'
import { roomWords } from './room-kind.ts'

export function useRoomChanges(): Change[] {
  const words = useWords(roomWords)
  return [
    {
      field: 'seats',
      label: words.many.set.seats,
      fieldLabel: words.fields.seats,
      hint: words.seatsHint,
      wrong: words.wrong.seats,
      sent: countIn,
      nameOf: (typed) => words.seats(Number(typed)),
    },
  ]
}
