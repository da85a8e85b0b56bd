import { byId } from '../input.ts'
import { archiveInput, archiveManyInput, listRecordsInput, restoreManyInput, seenInput } from '../records/input.ts'
import { call, readById, reading, router, writing } from '../trpc.ts'
import { createManyProgramsInput, createProgramInput, updateManyProgramsInput, updateProgramInput } from './input.ts'
import { listPrograms, readProgram } from './read.ts'
import { manyPrograms, programVerbs } from './write.ts'

export const programsRouter = router({
  list: reading('program.read').input(listRecordsInput).query(call(listPrograms)),
  get: reading('program.read').input(byId).query(readById(readProgram)),
  create: writing('program.write').input(createProgramInput).mutation(call(programVerbs.create)),
  update: writing('program.write').input(updateProgramInput).mutation(call(programVerbs.update)),
  archive: writing('program.write').input(archiveInput).mutation(call(programVerbs.archive)),
  restore: writing('program.write').input(seenInput).mutation(call(programVerbs.restore)),
  createMany: writing('program.write').input(createManyProgramsInput).mutation(call(manyPrograms.create)),
  updateMany: writing('program.write').input(updateManyProgramsInput).mutation(call(manyPrograms.update)),
  archiveMany: writing('program.write').input(archiveManyInput).mutation(call(manyPrograms.archive)),
  restoreMany: writing('program.write').input(restoreManyInput).mutation(call(manyPrograms.restore)),
})
