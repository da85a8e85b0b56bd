import { byId } from '../input.ts'
import { archiveInput, archiveManyInput, listRecordsInput, restoreManyInput, seenInput } from '../records/input.ts'
import { call, readById, reading, router, writing } from '../trpc.ts'
import { createDepartmentInput, createManyDepartmentsInput, updateDepartmentInput } from './input.ts'
import { listDepartments, readDepartment } from './read.ts'
import { departmentVerbs, manyDepartments } from './write.ts'

export const departmentsRouter = router({
  list: reading('department.read').input(listRecordsInput).query(call(listDepartments)),
  get: reading('department.read').input(byId).query(readById(readDepartment)),
  create: writing('department.write').input(createDepartmentInput).mutation(call(departmentVerbs.create)),
  update: writing('department.write').input(updateDepartmentInput).mutation(call(departmentVerbs.update)),
  archive: writing('department.write').input(archiveInput).mutation(call(departmentVerbs.archive)),
  restore: writing('department.write').input(seenInput).mutation(call(departmentVerbs.restore)),
  createMany: writing('department.write').input(createManyDepartmentsInput).mutation(call(manyDepartments.create)),
  archiveMany: writing('department.write').input(archiveManyInput).mutation(call(manyDepartments.archive)),
  restoreMany: writing('department.write').input(restoreManyInput).mutation(call(manyDepartments.restore)),
})
