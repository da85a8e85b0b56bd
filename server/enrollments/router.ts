import { byId } from '../input.ts'
import { seenInput } from '../records/input.ts'
import { call, reading, router, writing } from '../trpc.ts'
import { complete } from './complete.ts'
import { enroll } from './enroll.ts'
import {
  completeInput,
  enrollInput,
  listEnrollmentsInput,
  moveManyInput,
  reorderInput,
  updateEnrollmentInput,
  withdrawInput,
  withdrawManyInput,
} from './input.ts'
import { moveMany } from './move-many.ts'
import { promote } from './promote.ts'
import { listEnrollments } from './read.ts'
import { reinstate } from './reinstate.ts'
import { reorder } from './reorder.ts'
import { updateEnrollment } from './update.ts'
import { withdraw } from './withdraw.ts'
import { withdrawMany } from './withdraw-many.ts'

export const enrollmentsRouter = router({
  list: reading('class.read').input(listEnrollmentsInput).query(call(listEnrollments)),
  update: writing('enrollment.write').input(updateEnrollmentInput).mutation(call(updateEnrollment)),
  withdraw: writing('enrollment.write').input(withdrawInput).mutation(call(withdraw)),
  reinstate: writing('enrollment.write').input(seenInput).mutation(call(reinstate)),
  complete: writing('enrollment.write').input(completeInput).mutation(call(complete)),
  moveMany: writing('enrollment.write').input(moveManyInput).mutation(call(moveMany)),
  reorder: writing('enrollment.write').input(reorderInput).mutation(call(reorder)),
  withdrawMany: writing('enrollment.write').input(withdrawManyInput).mutation(call(withdrawMany)),
})

/** Screens of the release before know these under `classes`. */
export const classSeatsProcedures = {
  enroll: writing('enrollment.write').input(enrollInput).mutation(call(enroll)),
  promote: writing('enrollment.write')
    .input(byId)
    .mutation(({ ctx, input }) => promote(ctx, input.id)),
}
