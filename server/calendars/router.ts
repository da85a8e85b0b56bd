import { call, reading, router, writing } from '../trpc.ts'
import { calendarDaysInput, changeDaysInput, layOutInput } from './input.ts'
import { readCalendarDays } from './read.ts'
import { changeDays, layOutDays } from './write.ts'

export const calendarsRouter = router({
  days: reading('calendar.read')
    .input(calendarDaysInput)
    .query(({ ctx, input }) => readCalendarDays(ctx.db, ctx, input)),
  layOut: writing('calendar.write').input(layOutInput).mutation(call(layOutDays)),
  changeDays: writing('calendar.write').input(changeDaysInput).mutation(call(changeDays)),
})
