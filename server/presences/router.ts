import { router, writing } from '../trpc.ts'
import { keepPresenceInput, removePresenceInput } from './input.ts'
import { keepPresence } from './keep.ts'
import { removePresence } from './remove.ts'

export const presencesRouter = router({
  keep: writing('live.listen')
    .input(keepPresenceInput)
    .mutation(({ ctx, input }) => keepPresence(ctx, input)),
  remove: writing('live.listen')
    .input(removePresenceInput)
    .mutation(({ ctx, input }) => removePresence(ctx, input)),
})
