import { byId } from '../input.ts'
import { archiveInput, archiveManyInput, listRecordsInput, restoreManyInput, seenInput } from '../records/input.ts'
import { reading, router, writing } from '../trpc.ts'
import { currentAcademicSession } from './current.ts'
import {
  createAcademicSessionInput,
  createManyAcademicSessionsInput,
  updateAcademicSessionInput,
  updateManyAcademicSessionsInput,
} from './input.ts'
import { listAcademicSessions, readAcademicSession } from './read.ts'
import { academicSessionVerbs, manyAcademicSessions } from './write.ts'

export const academicSessionsRouter = router({
  current: reading('academicSession.read').query(({ ctx }) => currentAcademicSession(ctx)),
  list: reading('academicSession.read')
    .input(listRecordsInput)
    .query(({ ctx, input }) => listAcademicSessions(ctx, input)),
  get: reading('academicSession.read')
    .input(byId)
    .query(({ ctx, input }) => readAcademicSession(ctx.db, ctx, input.id)),
  create: writing('academicSession.write')
    .input(createAcademicSessionInput)
    .mutation(({ ctx, input }) => academicSessionVerbs.create(ctx, input)),
  update: writing('academicSession.write')
    .input(updateAcademicSessionInput)
    .mutation(({ ctx, input }) => academicSessionVerbs.update(ctx, input)),
  archive: writing('academicSession.write')
    .input(archiveInput)
    .mutation(({ ctx, input }) => academicSessionVerbs.archive(ctx, input)),
  restore: writing('academicSession.write')
    .input(seenInput)
    .mutation(({ ctx, input }) => academicSessionVerbs.restore(ctx, input)),
  createMany: writing('academicSession.write')
    .input(createManyAcademicSessionsInput)
    .mutation(({ ctx, input }) => manyAcademicSessions.create(ctx, input)),
  updateMany: writing('academicSession.write')
    .input(updateManyAcademicSessionsInput)
    .mutation(({ ctx, input }) => manyAcademicSessions.update(ctx, input)),
  archiveMany: writing('academicSession.write')
    .input(archiveManyInput)
    .mutation(({ ctx, input }) => manyAcademicSessions.archive(ctx, input)),
  restoreMany: writing('academicSession.write')
    .input(restoreManyInput)
    .mutation(({ ctx, input }) => manyAcademicSessions.restore(ctx, input)),
})
