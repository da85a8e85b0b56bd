import { seenInput } from '../records/input.ts'
import { call, router, writing } from '../trpc.ts'
import { createClassInstructorInput, updateClassInstructorInput } from './input.ts'
import {
  archiveClassInstructor,
  createClassInstructor,
  restoreClassInstructor,
  updateClassInstructor,
} from './write.ts'

export const classInstructorsRouter = router({
  create: writing('class.write').input(createClassInstructorInput).mutation(call(createClassInstructor)),
  update: writing('class.write').input(updateClassInstructorInput).mutation(call(updateClassInstructor)),
  archive: writing('class.write').input(seenInput).mutation(call(archiveClassInstructor)),
  restore: writing('class.write').input(seenInput).mutation(call(restoreClassInstructor)),
})
