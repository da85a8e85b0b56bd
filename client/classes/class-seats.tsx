import { useWords } from '../messages/messages.tsx'
import { Status } from '../ui/status.tsx'
import { classListWords } from './class-words.ts'

/** '12 of 30', and said when no seat is left. */
export function Seats({ taken, capacity }: { taken: number; capacity: number | null }) {
  const words = useWords(classListWords)
  const isFull = capacity !== null && taken >= capacity
  return (
    <>
      {words.seats(taken, capacity)}
      {isFull && (
        <span className="second">
          <Status tone="warn">{words.isFull}</Status>
        </span>
      )}
    </>
  )
}
