import { byId } from '../input.ts'
import { archiveInput, listRecordsInput, seenInput } from '../records/input.ts'
import { reading, router, writing } from '../trpc.ts'
import { currentAcademicSession } from './current.ts'
import { createAcademicSessionInput, updateAcademicSessionInput } from './input.ts'
import { listAcademicSessions, readAcademicSession } from './read.ts'
import { academicSessionVerbs } from './write.ts'

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
})
