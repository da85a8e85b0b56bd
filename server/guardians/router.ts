import { byId } from '../input.ts'
import { archiveInput, seenInput } from '../records/input.ts'
import { reading, router, writing } from '../trpc.ts'
import { countGuardiansInput, createGuardianInput, listGuardiansInput, updateGuardianInput } from './input.ts'
import { countGuardians, listGuardians } from './list.ts'
import { readGuardian } from './read.ts'
import { guardianVerbs } from './write.ts'

export const guardiansRouter = router({
  list: reading('guardian.read')
    .input(listGuardiansInput)
    .query(({ ctx, input }) => listGuardians(ctx, input)),
  count: reading('guardian.read')
    .input(countGuardiansInput)
    .query(({ ctx, input }) => countGuardians(ctx, input)),
  get: reading('guardian.read')
    .input(byId)
    .query(({ ctx, input }) => readGuardian(ctx.db, ctx, input.id)),
  create: writing('guardian.write')
    .input(createGuardianInput)
    .mutation(({ ctx, input }) => guardianVerbs.create(ctx, input)),
  update: writing('guardian.write')
    .input(updateGuardianInput)
    .mutation(({ ctx, input }) => guardianVerbs.update(ctx, input)),
  archive: writing('guardian.write')
    .input(archiveInput)
    .mutation(({ ctx, input }) => guardianVerbs.archive(ctx, input)),
  restore: writing('guardian.write')
    .input(seenInput)
    .mutation(({ ctx, input }) => guardianVerbs.restore(ctx, input)),
})
