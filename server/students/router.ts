import { byId } from '../input.ts'
import { archiveInput, seenInput } from '../records/input.ts'
import { reading, router, writing } from '../trpc.ts'
import { archiveStudent, restoreStudent } from './archive.ts'
import { createStudent } from './create.ts'
import { countStudentsInput, createStudentInput, listStudentsInput, updateStudentInput } from './input.ts'
import { countStudents, listStudents } from './list.ts'
import { readStudent } from './read.ts'
import { updateStudent } from './update.ts'

export const studentsRouter = router({
  list: reading('student.read')
    .input(listStudentsInput)
    .query(({ ctx, input }) => listStudents(ctx, input)),
  count: reading('student.read')
    .input(countStudentsInput)
    .query(({ ctx, input }) => countStudents(ctx, input)),
  get: reading('student.read')
    .input(byId)
    .query(({ ctx, input }) => readStudent(ctx.db, ctx, input.id)),
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
})
