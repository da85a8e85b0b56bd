/** The client imports this file too. */
import { z } from 'zod'
import { id, optional, seen, words } from '../input.ts'

/** The time is on the school's clock. */
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const known = { id: id.optional() }

const period = z.strictObject({ ...known, code: words(20), name: words(100) })
const bellTime = z
  .strictObject({
    /** The index is of `periods`. */
    period: z.int().min(0).max(39),
    startTime: time,
    endTime: time,
    countsMinutes: z.boolean().default(true),
  })
  .refine(({ startTime, endTime }) => startTime < endTime, { path: ['endTime'] })
const schedule = z.strictObject({
  ...known,
  name: words(100),
  isDefault: z.boolean(),
  times: z.array(bellTime).max(40),
})

const differ = <T>(all: readonly T[], of: (one: T) => unknown) => new Set(all.map(of)).size === all.length

/** All periods in their order and all bell schedules; what is left out is archived. */
export const savePeriodsInput = z
  .strictObject({
    periods: z
      .array(period)
      .max(40)
      .refine((all) => differ(all, ({ code }) => code)),
    schedules: z
      .array(schedule)
      .max(20)
      .refine((all) => differ(all, ({ name }) => name))
      .refine((all) => all.length === 0 || all.filter(({ isDefault }) => isDefault).length === 1),
    seen: z.array(z.strictObject(seen)).max(60),
    overrideReason: optional(words(500)).optional(),
  })
  .refine(
    ({ periods, schedules }) =>
      schedules.every(
        ({ times }) => differ(times, (one) => one.period) && times.every((one) => one.period < periods.length),
      ),
    { path: ['schedules'] },
  )
export type SavePeriodsInput = z.infer<typeof savePeriodsInput>
