import { seenInput } from '../records/input.ts'
import { reading, router, writing } from '../trpc.ts'
import { complete } from './complete.ts'
import { completeInput, listEnrollmentsInput, updateEnrollmentInput, withdrawInput } from './input.ts'
import { listEnrollments } from './read.ts'
import { reinstate } from './reinstate.ts'
import { updateEnrollment } from './update.ts'
import { withdraw } from './withdraw.ts'

export const enrollmentsRouter = router({
  list: reading('class.read')
    .input(listEnrollmentsInput)
    .query(({ ctx, input }) => listEnrollments(ctx, input)),
  update: writing('enrollment.write')
    .input(updateEnrollmentInput)
    .mutation(({ ctx, input }) => updateEnrollment(ctx, input)),
  withdraw: writing('enrollment.write')
    .input(withdrawInput)
    .mutation(({ ctx, input }) => withdraw(ctx, input)),
  reinstate: writing('enrollment.write')
    .input(seenInput)
    .mutation(({ ctx, input }) => reinstate(ctx, input)),
  complete: writing('enrollment.write')
    .input(completeInput)
    .mutation(({ ctx, input }) => complete(ctx, input)),
})
