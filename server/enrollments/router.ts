import { reading, router } from '../trpc.ts'
import { listEnrollmentsInput } from './input.ts'
import { listEnrollments } from './read.ts'

export const enrollmentsRouter = router({
  list: reading('class.read')
    .input(listEnrollmentsInput)
    .query(({ ctx, input }) => listEnrollments(ctx, input)),
})
