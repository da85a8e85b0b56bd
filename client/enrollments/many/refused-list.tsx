import type { Reason } from '../../../server/errors.ts'
import { useMessages } from '../../messages/messages.tsx'

interface RefusedListProps {
  /** What was not done. */
  said: string
  refusals: ReadonlyMap<string, Reason>
  nameOf(id: string): string
}

const namedAtMost = 8

/** Who stops the others, and why; nothing was changed. */
export function RefusedList({ said, refusals, nameOf }: RefusedListProps) {
  const { errors } = useMessages()
  return (
    <div>
      <p>{said}</p>
      <ul className="refused-list">
        {[...refusals].slice(0, namedAtMost).map(([id, reason]) => (
          <li key={id}>
            <span className="chosen-name">{nameOf(id)}</span> <span>{errors.reasons[reason]}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
