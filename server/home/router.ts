import { reading, router } from '../trpc.ts'
import { readBeginning } from './beginning.ts'
import { readHome } from './read.ts'

export const homeRouter = router({
  get: reading('home.read').query(({ ctx }) => readHome(ctx)),
  beginning: reading('home.read').query(({ ctx }) => readBeginning(ctx)),
})
