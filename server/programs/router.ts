import { reading, router } from '../trpc.ts'
import { listPrograms } from './read.ts'

export const programsRouter = router({
  list: reading('program.read').query(({ ctx }) => listPrograms(ctx)),
})
