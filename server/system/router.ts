import { reading, router } from '../trpc.ts'
import { readSystem } from './read.ts'

export const systemRouter = router({
  get: reading('system.read').query(({ ctx }) => readSystem(ctx)),
})
