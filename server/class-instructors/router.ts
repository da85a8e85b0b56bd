import { seenInput } from '../records/input.ts'
import { router, writing } from '../trpc.ts'
import { createClassInstructorInput, updateClassInstructorInput } from './input.ts'
import {
  archiveClassInstructor,
  createClassInstructor,
  restoreClassInstructor,
  updateClassInstructor,
} from './write.ts'

export const classInstructorsRouter = router({
  create: writing('class.write')
    .input(createClassInstructorInput)
    .mutation(({ ctx, input }) => createClassInstructor(ctx, input)),
  update: writing('class.write')
    .input(updateClassInstructorInput)
    .mutation(({ ctx, input }) => updateClassInstructor(ctx, input)),
  archive: writing('class.write')
    .input(seenInput)
    .mutation(({ ctx, input }) => archiveClassInstructor(ctx, input)),
  restore: writing('class.write')
    .input(seenInput)
    .mutation(({ ctx, input }) => restoreClassInstructor(ctx, input)),
})
