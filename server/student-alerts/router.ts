import { seenInput } from '../records/input.ts'
import { call, reading, router, writing } from '../trpc.ts'
import { createStudentAlertInput, listStudentAlertsInput, updateStudentAlertInput } from './input.ts'
import { listStudentAlerts } from './read.ts'
import { archiveStudentAlert, createStudentAlert, restoreStudentAlert, updateStudentAlert } from './write.ts'

/** Every change answers all alerts of the student. */
export const studentAlertsRouter = router({
  list: reading('student.readAlerts').input(listStudentAlertsInput).query(call(listStudentAlerts)),
  create: writing('student.write').input(createStudentAlertInput).mutation(call(createStudentAlert)),
  update: writing('student.write').input(updateStudentAlertInput).mutation(call(updateStudentAlert)),
  archive: writing('student.write').input(seenInput).mutation(call(archiveStudentAlert)),
  restore: writing('student.write').input(seenInput).mutation(call(restoreStudentAlert)),
})
