import { byId } from '../input.ts'
import { archiveInput, eraseInput, seenInput } from '../records/input.ts'
import { reading, writing } from '../trpc.ts'
import { archiveStudent, restoreStudent } from './archive.ts'
import { createStudent } from './create.ts'
import { listDuplicates } from './duplicates/list.ts'
import { eraseStudent } from './erase.ts'
import {
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
  list: reading('student.read')
    .input(listStudentsInput)
    .query(({ ctx, input }) => studentList.page(ctx, input)),
  count: reading('student.read')
    .input(countStudentsInput)
    .query(({ ctx, input }) => studentList.count(ctx, input)),
  get: reading('student.read')
    .input(byId)
    .query(({ ctx, input }) => readStudent(ctx.db, ctx, input.id)),
  viewers: reading('student.readViewers')
    .input(byId)
    .query(({ ctx, input }) => readViewers(ctx, input.id)),
  duplicates: reading('student.merge').query(({ ctx }) => listDuplicates(ctx)),
  siblings: reading('guardian.read')
    .input(byId)
    .query(({ ctx, input }) => listSiblings(ctx, input)),
  create: writing('student.write')
    .input(createStudentInput)
    .mutation(({ ctx, input }) => createStudent(ctx, input)),
  update: writing('student.write')
    .input(updateStudentInput)
    .mutation(({ ctx, input }) => updateStudent(ctx, input)),
  archive: writing('student.write')
    .input(archiveInput)
    .mutation(({ ctx, input }) => archiveStudent(ctx, input)),
  restore: writing('student.write')
    .input(seenInput)
    .mutation(({ ctx, input }) => restoreStudent(ctx, input)),
  erase: writing('person.erase')
    .input(eraseInput)
    .mutation(({ ctx, input }) => eraseStudent(ctx, input)),
  createMany: writing('student.write')
    .input(createManyStudentsInput)
    .mutation(({ ctx, input }) => manyStudents.create(ctx, input)),
  updateMany: writing('student.write')
    .input(updateManyStudentsInput)
    .mutation(({ ctx, input }) => manyStudents.update(ctx, input)),
  archiveMany: writing('student.write')
    .input(archiveManyStudentsInput)
    .mutation(({ ctx, input }) => manyStudents.archive(ctx, input)),
  restoreMany: writing('student.write')
    .input(restoreManyStudentsInput)
    .mutation(({ ctx, input }) => manyStudents.restore(ctx, input)),
}
