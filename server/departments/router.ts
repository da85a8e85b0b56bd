import { byId } from '../input.ts'
import { archiveInput, archiveManyInput, listRecordsInput, restoreManyInput, seenInput } from '../records/input.ts'
import { reading, router, writing } from '../trpc.ts'
import { createDepartmentInput, createManyDepartmentsInput, updateDepartmentInput } from './input.ts'
import { listDepartments, readDepartment } from './read.ts'
import { departmentVerbs, manyDepartments } from './write.ts'

export const departmentsRouter = router({
  list: reading('department.read')
    .input(listRecordsInput)
    .query(({ ctx, input }) => listDepartments(ctx, input)),
  get: reading('department.read')
    .input(byId)
    .query(({ ctx, input }) => readDepartment(ctx.db, ctx, input.id)),
  create: writing('department.write')
    .input(createDepartmentInput)
    .mutation(({ ctx, input }) => departmentVerbs.create(ctx, input)),
  update: writing('department.write')
    .input(updateDepartmentInput)
    .mutation(({ ctx, input }) => departmentVerbs.update(ctx, input)),
  archive: writing('department.write')
    .input(archiveInput)
    .mutation(({ ctx, input }) => departmentVerbs.archive(ctx, input)),
  restore: writing('department.write')
    .input(seenInput)
    .mutation(({ ctx, input }) => departmentVerbs.restore(ctx, input)),
  createMany: writing('department.write')
    .input(createManyDepartmentsInput)
    .mutation(({ ctx, input }) => manyDepartments.create(ctx, input)),
  archiveMany: writing('department.write')
    .input(archiveManyInput)
    .mutation(({ ctx, input }) => manyDepartments.archive(ctx, input)),
  restoreMany: writing('department.write')
    .input(restoreManyInput)
    .mutation(({ ctx, input }) => manyDepartments.restore(ctx, input)),
})
