import { call, router, writing } from '../trpc.ts'
import { keepPresenceInput, removePresenceInput } from './input.ts'
import { keepPresence } from './keep.ts'
import { removePresence } from './remove.ts'

export const presencesRouter = router({
  keep: writing('live.listen', { byItself: true }).input(keepPresenceInput).mutation(call(keepPresence)),
  remove: writing('live.listen', { byItself: true }).input(removePresenceInput).mutation(call(removePresence)),
})
