import { z } from 'zod'
import { id, optional, seats, version, words } from '../input.ts'

/** Monday is 1 (ISO 8601). */
const weekday = z.int().min(1).max(7)
const cycleDay = z.int().min(1).max(30)
/** The time is on the school's clock. */
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

const slot = z
  .strictObject({
    weekday: weekday.nullable().default(null),
    cycleDay: cycleDay.nullable().default(null),
    /** The bell schedule of each day says the times; those given are for days without one. Screens that do not know periods send nothing, which keeps the period. */
    periodId: optional(id).optional(),
    startTime: time,
    endTime: time,
    roomId: optional(id).default(null),
  })
  .refine((one) => (one.weekday === null) !== (one.cycleDay === null), { path: ['weekday'] })
  .refine(({ startTime, endTime }) => startTime < endTime, { path: ['endTime'] })
export type GivenSlot = z.infer<typeof slot>
export interface Slot extends GivenSlot {
  periodId: string | null
}

type When = Pick<Slot, 'weekday' | 'cycleDay' | 'startTime' | 'endTime'> & { periodId?: string | null | undefined }
const atOneTime = (a: When, b: When): boolean =>
  a.periodId && b.periodId ? a.periodId === b.periodId : a.startTime < b.endTime && b.startTime < a.endTime
/** Meetings that only touch do not overlap, nor do two periods. */
export const overlap = (a: When, b: When): boolean =>
  a.weekday === b.weekday && a.cycleDay === b.cycleDay && atOneTime(a, b)

const slots = z
  .array(slot)
  .max(40)
  .superRefine((all, context) => {
    for (const [place, one] of all.entries())
      if (all.slice(0, place).some((earlier) => overlap(earlier, one)))
        context.addIssue({ code: 'custom', path: [place, 'startTime'], message: 'overlaps' })
  })

const wanted = {
  classId: id,
  /** The default is the first day that rewrites nothing already held. */
  from: z.iso.date().optional(),
  /** The default is the day before the class's next change, or the end of its last term. A null has no end. */
  to: z.iso.date().nullish(),
  meetings: slots,
}
const inOrder = ({ from, to }: { from?: string | undefined; to?: string | null | undefined }) =>
  !from || !to || from <= to

export const updateMeetingsInput = z
  .strictObject({
    ...wanted,
    seen: z.array(z.strictObject({ id, version })).max(400),
    /** The reason allows a conflict and is kept with the meetings. */
    overrideReason: optional(words(500)).default(null),
  })
  .refine(inOrder, { path: ['to'] })
export type UpdateMeetingsInput = z.infer<typeof updateMeetingsInput>

export const conflictsInput = z.strictObject(wanted).refine(inOrder, { path: ['to'] })
export type ConflictsInput = z.infer<typeof conflictsInput>

export const listMeetingsInput = z.strictObject({ classId: id })

export const studentConflictsInput = z.strictObject({
  classId: id,
  studentIds: z.array(id).min(1).max(200),
  from: z.iso.date().optional(),
})
export type StudentConflictsInput = z.infer<typeof studentConflictsInput>

export const weekKinds = ['class', 'instructor', 'room', 'student'] as const
export type WeekKind = (typeof weekKinds)[number]
/** Any day of the week names it. */
export const weekInput = z.strictObject({ of: z.enum(weekKinds), id, day: z.iso.date() })
export type WeekInput = z.infer<typeof weekInput>

export const arrangements = ['room', 'instructor', 'time'] as const
export type Arrangement = (typeof arrangements)[number]
/** A week has too many times for lines of their own: by time, the days come one by one. */
export const masterInput = z
  .strictObject({
    by: z.enum(arrangements).default('room'),
    day: z.iso.date(),
    span: z.enum(['day', 'week']).default('day'),
    /** Only what begins and ends at these times, of classes that have a term on the day, as Home counts them; by time alone. */
    hour: z.strictObject({ startTime: time, endTime: time }).optional(),
    /** How many lines, or meetings by time, come before the page. */
    cursor: z.int().min(0).max(1_000_000).nullish(),
    limit: z.int().min(1).max(100).default(40),
  })
  .refine(({ by, span }) => by !== 'time' || span === 'day', { path: ['span'] })
  .refine(({ by, hour }) => by === 'time' || !hour, { path: ['hour'] })
export type MasterInput = z.infer<typeof masterInput>

export const freeInput = z
  .strictObject({ day: z.iso.date(), startTime: time, endTime: time, seats: optional(seats).default(null) })
  .refine(({ startTime, endTime }) => startTime < endTime, { path: ['endTime'] })
export type FreeInput = z.infer<typeof freeInput>

export const classTimesInput = z.strictObject({ classIds: z.array(id).min(1).max(50) })
export type ClassTimesInput = z.infer<typeof classTimesInput>
