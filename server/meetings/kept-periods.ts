import { usualTimes } from './held-on.ts'
import type { GivenSlot, Slot } from './input.ts'
import type { MeetingRow } from './plan.ts'
import type { SchoolDays } from './school-days.ts'

function standsAt(of: SchoolDays, row: MeetingRow, { weekday, cycleDay, startTime, endTime }: GivenSlot): boolean {
  const times = usualTimes(of, row)
  return (
    row.weekday === weekday && row.cycleDay === cycleDay && times.startTime === startTime && times.endTime === endTime
  )
}

/** A slot that says nothing of a period keeps that of the meeting which is held at its times. */
export const withPeriods = (of: SchoolDays, rows: readonly MeetingRow[], given: readonly GivenSlot[]): Slot[] =>
  given.map((slot) => {
    const standing = slot.periodId === undefined ? rows.find((row) => standsAt(of, row, slot)) : undefined
    return { ...slot, periodId: slot.periodId ?? standing?.periodId ?? null }
  })
