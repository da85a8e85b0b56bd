import { byId } from '../input.ts'
import { archiveInput, eraseInput, seenInput } from '../records/input.ts'
import { call, readById, reading, writing } from '../trpc.ts'
import { findAlikeStudents } from './alike.ts'
import { archiveStudent, restoreStudent } from './archive.ts'
import { createStudent } from './create.ts'
import { listDuplicates } from './duplicates/list.ts'
import { eraseStudent } from './erase.ts'
import {
  alikeStudentsInput,
  archiveManyStudentsInput,
  countStudentsInput,
  createManyStudentsInput,
  createStudentInput,
  listStudentsInput,
  restoreManyStudentsInput,
  updateManyStudentsInput,
  updateStudentInput,
} from './input.ts'
import { studentList } from './list.ts'
import { manyStudents } from './many.ts'
import { readStudent } from './read.ts'
import { listSiblings } from './siblings.ts'
import { updateStudent } from './update.ts'
import { readViewers } from './viewers.ts'

export const studentsProcedures = {
  list: reading('student.read').input(listStudentsInput).query(call(studentList.page)),
  count: reading('student.read').input(countStudentsInput).query(call(studentList.count)),
  get: reading('student.read').input(byId).query(readById(readStudent)),
  viewers: reading('student.readViewers')
    .input(byId)
    .query(({ ctx, input }) => readViewers(ctx, input.id)),
  alike: reading('student.write').input(alikeStudentsInput).query(call(findAlikeStudents)),
  duplicates: reading('student.merge').query(({ ctx }) => listDuplicates(ctx)),
  siblings: reading('guardian.read').input(byId).query(call(listSiblings)),
  create: writing('student.write').input(createStudentInput).mutation(call(createStudent)),
  update: writing('student.write').input(updateStudentInput).mutation(call(updateStudent)),
  archive: writing('student.write').input(archiveInput).mutation(call(archiveStudent)),
  restore: writing('student.write').input(seenInput).mutation(call(restoreStudent)),
  erase: writing('person.erase').input(eraseInput).mutation(call(eraseStudent)),
  createMany: writing('student.write').input(createManyStudentsInput).mutation(call(manyStudents.create)),
  updateMany: writing('student.write').input(updateManyStudentsInput).mutation(call(manyStudents.update)),
  archiveMany: writing('student.write').input(archiveManyStudentsInput).mutation(call(manyStudents.archive)),
  restoreMany: writing('student.write').input(restoreManyStudentsInput).mutation(call(manyStudents.restore)),
}
