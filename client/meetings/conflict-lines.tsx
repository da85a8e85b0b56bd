import { Button } from '@mantine/core'
import { useState } from 'react'
import { useWords } from '../messages/messages.tsx'
import { calledName } from '../people.ts'
import { Status } from '../ui/status.tsx'
import type { CollisionLine } from './collision-lines.ts'
import { collisionLines } from './collision-lines.ts'
import { timetableWords } from './timetable-words.ts'
import type { Conflict, TooSmall } from './use-conflicts.ts'

type Line = CollisionLine<Conflict>

const linesOf = (conflicts: readonly Conflict[]): Line[] =>
  collisionLines(conflicts, ({ kind, classId, startTime, endTime, cycleDay, stands, names, ownTitle }) => [
    ownTitle,
    kind,
    classId,
    startTime,
    endTime,
    cycleDay,
    stands,
    names,
  ])

function Sentence({ line: { collision: conflict, weekdays, from, to } }: { line: Line }) {
  const words = useWords(timetableWords)
  const { kind, count, names, classTitle, classCode, cycleDay, startTime, endTime, stands } = conflict
  const other = classCode ? `${classTitle} (${classCode})` : classTitle
  const people = names.map(calledName)
  const said = {
    student: () => words.conflict.student(count, people, other),
    instructor: () => words.conflict.instructor(people, other),
    room: () => words.conflict.room(names[0] ?? '', other),
  }[kind]()
  const days = cycleDay === null ? words.weekdays(weekdays) : words.week.cycleDay(cycleDay)
  return (
    <Status tone={stands ? 'off' : 'bad'}>
      <span>
        {conflict.ownTitle && `${conflict.ownTitle}: `}
        {said}, {days}, {words.times(startTime, endTime)}
        <span className="dim">
          {' '}
          ({words.days(from, to)}
          {stands && `; ${words.conflict.stands}`})
        </span>
      </span>
    </Status>
  )
}

/** More lines do not help anybody to choose another hour. */
const shownAtFirst = 5

interface ConflictLinesProps {
  conflicts: readonly Conflict[]
  tooSmall?: TooSmall | undefined
}

export function ConflictLines({ conflicts, tooSmall }: ConflictLinesProps) {
  const { conflict: words } = useWords(timetableWords)
  const [isWhole, setWhole] = useState(false)
  if (!conflicts.length && !tooSmall) return null
  const lines = linesOf(conflicts)
  const shown = isWhole ? lines : lines.slice(0, shownAtFirst)
  const more = lines.length - shown.length
  return (
    <>
      <ul className="conflict-lines">
        {shown.map((line) => (
          <li key={line.key}>
            <Sentence line={line} />
          </li>
        ))}
        {tooSmall && (
          <li>
            <Status tone="warn">
              <span>{words.seats(tooSmall.roomName, tooSmall.seats, tooSmall.needed)}</span>
            </Status>
          </li>
        )}
      </ul>
      {more > 0 && (
        <Button variant="subtle" color="gray" onClick={() => setWhole(true)}>
          {words.more(more)}
        </Button>
      )}
    </>
  )
}
