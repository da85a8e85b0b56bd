import { call, reading, router, writing } from '../trpc.ts'
import { savePeriodsInput } from './input.ts'
import { listPeriods } from './read.ts'
import { savePeriods } from './write.ts'

export const periodsRouter = router({
  list: reading('calendar.read').query(({ ctx }) => listPeriods(ctx.db, ctx)),
  save: writing('calendar.write').input(savePeriodsInput).mutation(call(savePeriods)),
})
