import { reading, router } from '../trpc.ts'
import { currentAcademicSession } from './read.ts'

export const academicSessionsRouter = router({
  current: reading('class.read').query(({ ctx }) => currentAcademicSession(ctx)),
})
