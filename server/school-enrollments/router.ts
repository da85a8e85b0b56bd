import { seenInput } from '../records/input.ts'
import { call, reading, router, writing } from '../trpc.ts'
import {
  createSchoolEnrollmentInput,
  leaveSchoolInput,
  listSchoolEnrollmentsInput,
  updateSchoolEnrollmentInput,
} from './input.ts'
import { leaveSchool } from './leave.ts'
import { listSchoolEnrollments } from './read.ts'
import {
  archiveSchoolEnrollment,
  createSchoolEnrollment,
  restoreSchoolEnrollment,
  updateSchoolEnrollment,
} from './write.ts'

/** Every change answers all days of the student at the school. */
export const schoolEnrollmentsRouter = router({
  list: reading('student.read').input(listSchoolEnrollmentsInput).query(call(listSchoolEnrollments)),
  create: writing('student.write').input(createSchoolEnrollmentInput).mutation(call(createSchoolEnrollment)),
  update: writing('student.write').input(updateSchoolEnrollmentInput).mutation(call(updateSchoolEnrollment)),
  leave: writing('student.write').input(leaveSchoolInput).mutation(call(leaveSchool)),
  archive: writing('student.write').input(seenInput).mutation(call(archiveSchoolEnrollment)),
  restore: writing('student.write').input(seenInput).mutation(call(restoreSchoolEnrollment)),
})
