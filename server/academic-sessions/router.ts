import { byId } from '../input.ts'
import { archiveInput, archiveManyInput, listRecordsInput, restoreManyInput, seenInput } from '../records/input.ts'
import { call, readById, reading, router, writing } from '../trpc.ts'
import {
  createAcademicSessionInput,
  createManyAcademicSessionsInput,
  updateAcademicSessionInput,
  updateManyAcademicSessionsInput,
} from './input.ts'
import { currentAcademicSession } from './open.ts'
import { listAcademicSessions, readAcademicSession } from './read.ts'
import { academicSessionVerbs, manyAcademicSessions } from './write.ts'

export const academicSessionsRouter = router({
  current: reading('academicSession.read').query(({ ctx }) => currentAcademicSession(ctx)),
  list: reading('academicSession.read').input(listRecordsInput).query(call(listAcademicSessions)),
  get: reading('academicSession.read').input(byId).query(readById(readAcademicSession)),
  create: writing('academicSession.write')
    .input(createAcademicSessionInput)
    .mutation(call(academicSessionVerbs.create)),
  update: writing('academicSession.write')
    .input(updateAcademicSessionInput)
    .mutation(call(academicSessionVerbs.update)),
  archive: writing('academicSession.write').input(archiveInput).mutation(call(academicSessionVerbs.archive)),
  restore: writing('academicSession.write').input(seenInput).mutation(call(academicSessionVerbs.restore)),
  createMany: writing('academicSession.write')
    .input(createManyAcademicSessionsInput)
    .mutation(call(manyAcademicSessions.create)),
  updateMany: writing('academicSession.write')
    .input(updateManyAcademicSessionsInput)
    .mutation(call(manyAcademicSessions.update)),
  archiveMany: writing('academicSession.write').input(archiveManyInput).mutation(call(manyAcademicSessions.archive)),
  restoreMany: writing('academicSession.write').input(restoreManyInput).mutation(call(manyAcademicSessions.restore)),
})
