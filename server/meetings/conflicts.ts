import type { Reader } from '../../db/database.ts'
import type { DayRange } from '../calendar.ts'
import { shared } from '../calendar.ts'
import { conflictRows } from './conflict-rows.ts'
import { bothHeld, spanOfTimes } from './held-on.ts'
import type { Slot } from './input.ts'
import type { SchoolDays } from './school-days.ts'
import { readSchoolDays } from './school-days.ts'

export interface Question {
  schoolId: number
  classId: string
  from: string
  to: string | null
  meetings: readonly WantedSlot[]
}
/** A meeting that is there already has days of its own. */
export interface WantedSlot extends Slot {
  days?: DayRange
}
type Row = Awaited<ReturnType<typeof conflictRows>>[number]

/** A period is looked for wherever one of the bell schedules has it. */
export const conflictValues = (
  of: SchoolDays,
  { meetings: wanted, to, ...values }: Question,
): Record<string, unknown> => ({
  ...values,
  ...(to && { to }),
  ...Object.fromEntries(
    wanted
      .map((slot) => ({ ...slot, ...spanOfTimes(of, slot) }))
      .flatMap((slot, place) => [
        [`place${place}`, place],
        // A cycle day is below zero, to differ from weekdays.
        [`day${place}`, slot.weekday ?? -(slot.cycleDay ?? 0)],
        [`start${place}`, slot.startTime],
        [`end${place}`, slot.endTime],
        [`room${place}`, slot.roomId],
      ]),
  ),
})

/** Most rows have the same days, so each combination is computed once. */
function daysIn(of: SchoolDays, { from, to, meetings }: Question): (row: Row) => DayRange | undefined {
  const known = new Map<string, DayRange | undefined>()
  return (row) => {
    const wanted = meetings[row.place]
    const days = shared(
      { beginDate: from, endDate: to },
      { beginDate: row.validFrom, endDate: row.validTo },
      { beginDate: row.ownBegin, endDate: row.ownEnd },
      { beginDate: row.begin, endDate: row.end },
    )
    if (!wanted || !days) return undefined
    const key = `${row.place} ${row.meetingId} ${days.beginDate} ${days.endDate}`
    if (!known.has(key)) known.set(key, bothHeld(of, { ...wanted, days: wanted.days ?? days }, { ...row, days }))
    return known.get(key)
  }
}

const nameOf = ({ kind, student, instructor, roomName }: Row): string => {
  const person = kind === 'student' ? student : instructor
  return kind === 'room' || !person ? (roomName ?? '') : `${person.givenName} ${person.familyName}`.trim()
}

const namesShown = 5

export interface Conflict {
  kind: Row['kind']
  /** The index is of the wanted meetings. */
  place: number
  meetingId: string
  classId: string
  classTitle: string
  classCode: string | null
  weekday: number | null
  cycleDay: number | null
  startTime: string
  endTime: string
  roomName: string | null
  /** These are the first and the last day on which both are held; null is no end. */
  from: string
  to: string | null
  count: number
  names: string[]
  stands: boolean
}

const conflictOf = (row: Row, from: string, to: string | null): Conflict => {
  const { kind, place, meetingId, classId, classTitle, classCode, weekday, cycleDay, startTime, endTime, roomName } =
    row
  const what = { kind, place, meetingId, classId, classTitle, classCode, roomName }
  return { ...what, weekday, cycleDay, startTime, endTime, from, to, count: 0, names: [], stands: false }
}

function grouped(rows: readonly { row: Row; days: DayRange }[], { from }: Question): Conflict[] {
  const found = new Map<string, { conflict: Conflict; people: Map<string | null, string> }>()
  for (const { row, days } of rows) {
    const key = `${row.place} ${row.kind} ${row.meetingId}`
    const first = days.beginDate ?? from
    const group = found.get(key) ?? { conflict: conflictOf(row, first, days.endDate), people: new Map() }
    const { conflict, people } = group
    if (first < conflict.from) conflict.from = first
    if (!days.endDate || (conflict.to && days.endDate > conflict.to)) conflict.to = days.endDate
    people.set(row.personId, nameOf(row))
    found.set(key, group)
  }
  return [...found.values()].map(({ conflict, people }) => ({
    ...conflict,
    count: people.size,
    names: [...people.values()].slice(0, namesShown),
  }))
}

/** One statement answers for all days. Archived people have no conflicts. */
export async function findConflicts(db: Reader, question: Question): Promise<Conflict[]> {
  if (!question.meetings.length) return []
  const shape = JSON.stringify({ count: question.meetings.length, hasEnd: question.to !== null })
  const { schoolId, from, to } = question
  const of = await readSchoolDays(db, schoolId, { beginDate: from, endDate: to })
  const rows = await conflictRows(db, shape, conflictValues(of, question))
  const daysOf = daysIn(of, question)
  const real = rows.flatMap((row) => {
    const days = row.isArchived ? undefined : daysOf(row)
    return days ? [{ row, days }] : []
  })
  return grouped(real, question)
}
