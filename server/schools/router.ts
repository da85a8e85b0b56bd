import { call, reading, router, writing } from '../trpc.ts'
import { updateSchoolInput } from './input.ts'
import { readSchool } from './read.ts'
import { updateSchool } from './update.ts'

export const schoolsRouter = router({
  get: reading('school.read').query(({ ctx }) => readSchool(ctx.db, ctx)),
  update: writing('school.write').input(updateSchoolInput).mutation(call(updateSchool)),
})
