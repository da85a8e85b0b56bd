import { byId } from '../input.ts'
import {
  archiveInput,
  archiveManyInput,
  eraseInput,
  listRecordsInput,
  restoreManyInput,
  seenInput,
} from '../records/input.ts'
import { call, readById, reading, router, writing } from '../trpc.ts'
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
  list: reading('instructor.read').input(listRecordsInput).query(call(listInstructors)),
  get: reading('instructor.read').input(byId).query(readById(readInstructor)),
  create: writing('instructor.write').input(createInstructorInput).mutation(call(instructorVerbs.create)),
  update: writing('instructor.write').input(updateInstructorInput).mutation(call(instructorVerbs.update)),
  archive: writing('instructor.write').input(archiveInput).mutation(call(instructorVerbs.archive)),
  restore: writing('instructor.write').input(seenInput).mutation(call(instructorVerbs.restore)),
  erase: writing('person.erase').input(eraseInput).mutation(call(eraseInstructor)),
  createMany: writing('instructor.write').input(createManyInstructorsInput).mutation(call(manyInstructors.create)),
  updateMany: writing('instructor.write').input(updateManyInstructorsInput).mutation(call(manyInstructors.update)),
  archiveMany: writing('instructor.write').input(archiveManyInput).mutation(call(manyInstructors.archive)),
  restoreMany: writing('instructor.write').input(restoreManyInput).mutation(call(manyInstructors.restore)),
})
