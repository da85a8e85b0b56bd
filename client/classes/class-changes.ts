import { useWords } from '../messages/messages.tsx'
import type { Change, Holding } from '../records/many/change.ts'
import { countIn } from '../records/many/change.ts'
import { useCourses, useRooms, useTerms } from './class-choices.ts'
import { classFormWords } from './class-kind.ts'

/** What can be set in many classes at once. A term takes the place of those they ran in. */
export function useClassChanges(): Change[] {
  const { form: words, fields, wrong, many } = useWords(classFormWords)
  const courses = useCourses().map(({ id, title, code }) => ({ value: id, label: code ? `${title} (${code})` : title }))
  const rooms = useRooms().map(({ id, name, seats }) => ({ value: id, label: words.roomChoice(name, seats) }))
  const terms = useTerms().map(({ id, title }) => ({ value: id, label: title }))
  const { collides, ...said } = words.holding
  const holding: Holding = {
    refusal: 'meeting.conflicts',
    field: 'overrideReason',
    said: (details) => {
      const { conflicts } = (details ?? {}) as { conflicts?: { classTitle: string }[] }
      return conflicts && collides([...new Set(conflicts.map(({ classTitle }) => classTitle))])
    },
    ...said,
  }
  return [
    { field: 'roomId', label: many.set.roomId, choices: rooms, none: words.noRoom, holding },
    {
      field: 'capacity',
      label: many.set.capacity,
      fieldLabel: fields.capacity,
      hint: words.capacityHint,
      wrong: wrong.capacity,
      sent: countIn,
      nameOf: (typed) => words.seats(Number(typed)),
    },
    { field: 'courseId', label: many.set.courseId, choices: courses, none: words.noCourse },
    { field: 'academicSessionIds', label: many.set.academicSessionIds, choices: terms, sent: (id) => [id] },
  ]
}
