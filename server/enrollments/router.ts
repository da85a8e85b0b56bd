import { byId } from '../input.ts'
import { seenInput } from '../records/input.ts'
import { reading, router, writing } from '../trpc.ts'
import { complete } from './complete.ts'
import { enroll } from './enroll.ts'
import { completeInput, enrollInput, listEnrollmentsInput, updateEnrollmentInput, withdrawInput } from './input.ts'
import { promote } from './promote.ts'
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

/** Screens of the release before know these under `classes`. */
export const classSeatsProcedures = {
  enroll: writing('enrollment.write')
    .input(enrollInput)
    .mutation(({ ctx, input }) => enroll(ctx, input)),
  promote: writing('enrollment.write')
    .input(byId)
    .mutation(({ ctx, input }) => promote(ctx, input.id)),
}
