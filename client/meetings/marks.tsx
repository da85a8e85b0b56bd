import { useWords } from '../messages/messages.tsx'
import { calledName } from '../people.ts'
import type { Outputs } from '../trpc.ts'
import { Status } from '../ui/status.tsx'
import { timetableWords } from './timetable-words.ts'

type Marked = Pick<Outputs['meetings']['week']['meetings'][number], 'collisions' | 'overrideReason'>

/** What a meeting collides with, and why it is held anyway. */
export function Marks({ collisions, overrideReason }: Marked) {
  const { mark } = useWords(timetableWords)
  if (!collisions.length)
    return overrideReason && <span className="dim meeting-note">{mark.accepted(overrideReason)}</span>
  return (
    <ul className="meeting-marks">
      {collisions.map(({ kind, classId, classTitle, classCode, names, reason }) => {
        const other = classCode ? `${classTitle} (${classCode})` : classTitle
        const said = mark[kind](names.map(calledName), other)
        return (
          <li key={`${kind} ${classId}`} title={reason ? `${said}: ${mark.because(reason)}` : said}>
            <Status tone={reason ? 'warn' : 'bad'}>
              <span>
                {said}
                {reason && <span className="dim">: {mark.because(reason)}</span>}
              </span>
            </Status>
          </li>
        )
      })}
    </ul>
  )
}
