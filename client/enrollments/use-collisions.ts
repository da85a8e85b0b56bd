/** Before an enrolling: what else a student has at the hours of the class. It warns; people do share their time. */
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { collisionLines } from '../meetings/collision-lines.ts'
import { timetableWords } from '../meetings/timetable-words.ts'
import { useWords } from '../messages/messages.tsx'
import { useTrpc } from '../school.tsx'
import type { Outputs } from '../trpc.ts'
import { enrollmentWords } from './enrollment-words.ts'

type Collision = Outputs['meetings']['studentConflicts'][number]
/** Sentences by what was chosen: students, or classes. */
export type Collisions = ReadonlyMap<string, readonly string[]>

/** As many students as one question names. */
const askedAtMost = 200
type Begin = string | null

/** "Also in Algebra 2, Mon and Wed, 09:00–09:45", once for each time of day. */
function useSentences() {
  const words = useWords(timetableWords)
  const { collision } = useWords(enrollmentWords)
  return (collisions: readonly Collision[]): string[] =>
    collisionLines(collisions, ({ classId, startTime, endTime, cycleDay }) => [
      classId,
      startTime,
      endTime,
      cycleDay,
    ]).map(({ collision: { classTitle, classCode, cycleDay, startTime, endTime }, weekdays, from, to }) => {
      const days = cycleDay === null ? words.weekdays(weekdays) : words.week.cycleDay(cycleDay)
      const title = classCode ? `${classTitle} (${classCode})` : classTitle
      return `${collision.alsoIn(title)}, ${days}, ${words.times(startTime, endTime)} (${words.days(from, to)})`
    })
}

/** Of students who are to come into one class, by student. The class `left` for it does not collide. */
export function useStudentCollisions(
  classId: string,
  studentIds: readonly string[],
  begin: Begin,
  left?: string,
): Collisions {
  const trpc = useTrpc()
  const sentencesOf = useSentences()
  const asked = studentIds.slice(0, askedAtMost)
  const { data = [] } = useQuery(
    trpc.meetings.studentConflicts.queryOptions(
      { classId, studentIds: asked, ...(begin && { from: begin }) },
      { enabled: asked.length > 0, placeholderData: keepPreviousData, staleTime: 0 },
    ),
  )
  const ofOthers = data.filter((one) => one.classId !== left)
  const sentences = asked.map((id) => [id, sentencesOf(ofOthers.filter(({ studentId }) => studentId === id))] as const)
  return new Map(sentences.filter(([, found]) => found.length > 0))
}

/** Of classes that one student is to come into, by class. */
export function useClassCollisions(studentId: string, classIds: readonly string[], begin: Begin): Collisions {
  const trpc = useTrpc()
  const sentencesOf = useSentences()
  const answers = useQueries({
    queries: classIds.map((classId) =>
      trpc.meetings.studentConflicts.queryOptions(
        { classId, studentIds: [studentId], ...(begin && { from: begin }) },
        { placeholderData: keepPreviousData, staleTime: 0 },
      ),
    ),
  })
  const sentences = classIds.map((id, index) => [id, sentencesOf(answers[index]?.data ?? [])] as const)
  return new Map(sentences.filter(([, found]) => found.length > 0))
}
