import { seenInput } from '../records/input.ts'
import { reading, router, writing } from '../trpc.ts'
import { createSavedViewInput, listSavedViewsInput, updateSavedViewInput } from './input.ts'
import { listSavedViews } from './read.ts'
import { archiveSavedView, createSavedView, updateSavedView } from './write.ts'

export const savedViewsRouter = router({
  list: reading('savedView.read')
    .input(listSavedViewsInput)
    .query(({ ctx, input }) => listSavedViews(ctx, input)),
  create: writing('savedView.write')
    .input(createSavedViewInput)
    .mutation(({ ctx, input }) => createSavedView(ctx, input)),
  update: writing('savedView.write')
    .input(updateSavedViewInput)
    .mutation(({ ctx, input }) => updateSavedView(ctx, input)),
  archive: writing('savedView.write')
    .input(seenInput)
    .mutation(({ ctx, input }) => archiveSavedView(ctx, input)),
})
