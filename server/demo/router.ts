import { router, writing } from '../trpc.ts'
import { demoInput } from './input.ts'
import { endDemo, lookAround } from './look-around.ts'

/** For owners of the register alone, which each of them checks. */
export const demoRouter = router({
  create: writing('school.write')
    .input(demoInput)
    .mutation(({ ctx }) => lookAround(ctx)),
  end: writing('school.write')
    .input(demoInput)
    .mutation(({ ctx }) => endDemo(ctx)),
})
