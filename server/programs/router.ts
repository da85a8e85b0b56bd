import { byId } from '../input.ts'
import { archiveInput, archiveManyInput, listRecordsInput, restoreManyInput, seenInput } from '../records/input.ts'
import { reading, router, writing } from '../trpc.ts'
import { createManyProgramsInput, createProgramInput, updateManyProgramsInput, updateProgramInput } from './input.ts'
import { listPrograms, readProgram } from './read.ts'
import { manyPrograms, programVerbs } from './write.ts'

export const programsRouter = router({
  list: reading('program.read')
    .input(listRecordsInput)
    .query(({ ctx, input }) => listPrograms(ctx, input)),
  get: reading('program.read')
    .input(byId)
    .query(({ ctx, input }) => readProgram(ctx.db, ctx, input.id)),
  create: writing('program.write')
    .input(createProgramInput)
    .mutation(({ ctx, input }) => programVerbs.create(ctx, input)),
  update: writing('program.write')
    .input(updateProgramInput)
    .mutation(({ ctx, input }) => programVerbs.update(ctx, input)),
  archive: writing('program.write')
    .input(archiveInput)
    .mutation(({ ctx, input }) => programVerbs.archive(ctx, input)),
  restore: writing('program.write')
    .input(seenInput)
    .mutation(({ ctx, input }) => programVerbs.restore(ctx, input)),
  createMany: writing('program.write')
    .input(createManyProgramsInput)
    .mutation(({ ctx, input }) => manyPrograms.create(ctx, input)),
  updateMany: writing('program.write')
    .input(updateManyProgramsInput)
    .mutation(({ ctx, input }) => manyPrograms.update(ctx, input)),
  archiveMany: writing('program.write')
    .input(archiveManyInput)
    .mutation(({ ctx, input }) => manyPrograms.archive(ctx, input)),
  restoreMany: writing('program.write')
    .input(restoreManyInput)
    .mutation(({ ctx, input }) => manyPrograms.restore(ctx, input)),
})
