import { router, writing } from '../trpc.ts'
import { undoInput } from './input.ts'
import { undoOperation } from './undo.ts'

export const journalRouter = router({
  undo: writing('journal.undo')
    .input(undoInput)
    .mutation(({ ctx, input }) => undoOperation(ctx, input)),
})
