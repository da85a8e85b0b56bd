import { call, reading, router } from '../trpc.ts'
import { find } from './find.ts'
import { findInput } from './input.ts'

export const searchRouter = router({
  find: reading('home.read').input(findInput).query(call(find)),
})
