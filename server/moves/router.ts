import { reading, router, writing } from '../trpc.ts'
import { moveInput } from './input.ts'
import { readMove } from './read.ts'
import { rehearseMove, startMove, stopMove } from './start.ts'

/** For owners of the register alone, which each of them checks. */
export const movesRouter = router({
  get: reading('system.move').query(({ ctx }) => readMove(ctx)),
  start: writing('system.move')
    .input(moveInput)
    .mutation(({ ctx }) => startMove(ctx)),
  rehearse: writing('system.move')
    .input(moveInput)
    .mutation(({ ctx }) => rehearseMove(ctx)),
  stop: writing('system.move')
    .input(moveInput)
    .mutation(({ ctx }) => stopMove(ctx)),
})
