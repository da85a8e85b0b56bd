import { byId } from '../input.ts'
import {
  archiveInput,
  archiveManyInput,
  eraseInput,
  listRecordsInput,
  restoreManyInput,
  seenInput,
} from '../records/input.ts'
import { reading, router, writing } from '../trpc.ts'
import { eraseInstructor } from './erase.ts'
import {
  createInstructorInput,
  createManyInstructorsInput,
  updateInstructorInput,
  updateManyInstructorsInput,
} from './input.ts'
import { listInstructors, readInstructor } from './read.ts'
import { instructorVerbs, manyInstructors } from './write.ts'

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
  erase: writing('person.erase')
    .input(eraseInput)
    .mutation(({ ctx, input }) => eraseInstructor(ctx, input)),
  createMany: writing('instructor.write')
    .input(createManyInstructorsInput)
    .mutation(({ ctx, input }) => manyInstructors.create(ctx, input)),
  updateMany: writing('instructor.write')
    .input(updateManyInstructorsInput)
    .mutation(({ ctx, input }) => manyInstructors.update(ctx, input)),
  archiveMany: writing('instructor.write')
    .input(archiveManyInput)
    .mutation(({ ctx, input }) => manyInstructors.archive(ctx, input)),
  restoreMany: writing('instructor.write')
    .input(restoreManyInput)
    .mutation(({ ctx, input }) => manyInstructors.restore(ctx, input)),
})
