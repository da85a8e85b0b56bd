import { byId } from '../input.ts'
import { archiveInput, listRecordsInput, seenInput } from '../records/input.ts'
import { reading, router, writing } from '../trpc.ts'
import { createInstructorInput, updateInstructorInput } from './input.ts'
import { listInstructors, readInstructor } from './read.ts'
import { instructorVerbs } from './write.ts'

export const instructorsRouter = router({
  list: reading('instructor.read')
    .input(listRecordsInput)
    .query(({ ctx, input }) => listInstructors(ctx, input)),
  get: reading('instructor.read')
    .input(byId)
    .query(({ ctx, input }) => readInstructor(ctx.db, ctx, input.id)),
  create: writing('instructor.write')
    .input(createInstructorInput)
    .mutation(({ ctx, input }) => instructorVerbs.create(ctx, input)),
  update: writing('instructor.write')
    .input(updateInstructorInput)
    .mutation(({ ctx, input }) => instructorVerbs.update(ctx, input)),
  archive: writing('instructor.write')
    .input(archiveInput)
    .mutation(({ ctx, input }) => instructorVerbs.archive(ctx, input)),
  restore: writing('instructor.write')
    .input(seenInput)
    .mutation(({ ctx, input }) => instructorVerbs.restore(ctx, input)),
})
