import { reading, router } from '../trpc.ts'
import { find } from './find.ts'
import { findInput } from './input.ts'

export const searchRouter = router({
  find: reading('home.read')
    .input(findInput)
    .query(({ ctx, input }) => find(ctx, input)),
})
