import { reading, router } from '../trpc.ts'
import { readBeginning } from './beginning.ts'
import { readFigures } from './figures.ts'
import { readHome } from './read.ts'

export const homeRouter = router({
  get: reading('home.read').query(({ ctx }) => readHome(ctx)),
  figures: reading('home.read').query(({ ctx }) => readFigures(ctx)),
  beginning: reading('home.read').query(({ ctx }) => readBeginning(ctx)),
})
