import { seenInput } from '../records/input.ts'
import { call, reading, router, writing } from '../trpc.ts'
import { createSavedViewInput, listSavedViewsInput, updateSavedViewInput } from './input.ts'
import { listSavedViews } from './read.ts'
import { archiveSavedView, createSavedView, updateSavedView } from './write.ts'

export const savedViewsRouter = router({
  list: reading('savedView.read').input(listSavedViewsInput).query(call(listSavedViews)),
  create: writing('savedView.write').input(createSavedViewInput).mutation(call(createSavedView)),
  update: writing('savedView.write').input(updateSavedViewInput).mutation(call(updateSavedView)),
  archive: writing('savedView.write').input(seenInput).mutation(call(archiveSavedView)),
})
