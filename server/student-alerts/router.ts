import { seenInput } from '../records/input.ts'
import { reading, router, writing } from '../trpc.ts'
import { createStudentAlertInput, listStudentAlertsInput, updateStudentAlertInput } from './input.ts'
import { listStudentAlerts } from './read.ts'
import { archiveStudentAlert, createStudentAlert, restoreStudentAlert, updateStudentAlert } from './write.ts'

/** Every change answers all alerts of the student. */
export const studentAlertsRouter = router({
  list: reading('student.readAlerts')
    .input(listStudentAlertsInput)
    .query(({ ctx, input }) => listStudentAlerts(ctx, input)),
  create: writing('student.write')
    .input(createStudentAlertInput)
    .mutation(({ ctx, input }) => createStudentAlert(ctx, input)),
  update: writing('student.write')
    .input(updateStudentAlertInput)
    .mutation(({ ctx, input }) => updateStudentAlert(ctx, input)),
  archive: writing('student.write')
    .input(seenInput)
    .mutation(({ ctx, input }) => archiveStudentAlert(ctx, input)),
  restore: writing('student.write')
    .input(seenInput)
    .mutation(({ ctx, input }) => restoreStudentAlert(ctx, input)),
})
