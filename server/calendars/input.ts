/** The client imports this file too. */
import { z } from 'zod'
import { closedDayKinds, dayKinds } from '../../db/values.ts'
import { id, optional, version, words } from '../input.ts'

/** Half a year more than a school year of the longest kind. */
export const daysAtMost = 550
export const holidaysAtMost = 300
const day = z.iso.date()
const length = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1
const inOrder = ({ from, to }: { from: string; to: string }) => from <= to && length(from, to) <= daysAtMost
const atTo = { path: ['to'] }
const range = { from: day, to: day }
const note = optional(words(500)).default(null)
const overrideReason = optional(words(500)).optional()
const cycleLength = z.int().min(2).max(30)

export const calendarDaysInput = z.strictObject(range).refine(inOrder, atTo)
export type CalendarDaysInput = z.infer<typeof calendarDaysInput>

const holiday = z
  .strictObject({ ...range, kind: z.enum(closedDayKinds).default('holiday'), note })
  .refine(inOrder, atTo)
export type Holiday = z.infer<typeof holiday>

export const layOutInput = z
  .strictObject({
    ...range,
    /** Monday is 1 (ISO 8601). */
    weekdays: z.array(z.int().min(1).max(7)).min(1).max(7),
    cycleLength: cycleLength.nullable().default(null),
    holidays: z.array(holiday).max(holidaysAtMost).default([]),
    overrideReason,
  })
  .refine(inOrder, atTo)
export type LayOutInput = z.infer<typeof layOutInput>

/** What becomes of the cycle on later days: each keeps its day, or all move by the days that fell out or came in. */
export const cycleChoices = ['skip', 'shift'] as const
export type CycleChoice = (typeof cycleChoices)[number]

export const changeDaysInput = z
  .strictObject({
    ...range,
    kind: z.enum(dayKinds),
    /** None: the usual one. */
    bellScheduleId: optional(id).default(null),
    note,
    cycle: z.enum(cycleChoices).default('skip'),
    seen: z.array(z.strictObject({ id, version })).max(daysAtMost),
    overrideReason,
  })
  .refine(inOrder, atTo)
export type ChangeDaysInput = z.infer<typeof changeDaysInput>
