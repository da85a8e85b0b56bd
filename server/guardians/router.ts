import { byId } from '../input.ts'
import { archiveInput, eraseInput, seenInput } from '../records/input.ts'
import { reading, router, writing } from '../trpc.ts'
import { eraseGuardian } from './erase.ts'
import {
  archiveManyGuardiansInput,
  countGuardiansInput,
  createGuardianInput,
  createManyGuardiansInput,
  listGuardiansInput,
  restoreManyGuardiansInput,
  updateGuardianInput,
} from './input.ts'
import { guardianList } from './list.ts'
import { readGuardian } from './read.ts'
import { guardianVerbs, manyGuardians } from './write.ts'

export const guardiansRouter = router({
  list: reading('guardian.read')
    .input(listGuardiansInput)
    .query(({ ctx, input }) => guardianList.page(ctx, input)),
  count: reading('guardian.read')
    .input(countGuardiansInput)
    .query(({ ctx, input }) => guardianList.count(ctx, input)),
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
  erase: writing('person.erase')
    .input(eraseInput)
    .mutation(({ ctx, input }) => eraseGuardian(ctx, input)),
  createMany: writing('guardian.write')
    .input(createManyGuardiansInput)
    .mutation(({ ctx, input }) => manyGuardians.create(ctx, input)),
  archiveMany: writing('guardian.write')
    .input(archiveManyGuardiansInput)
    .mutation(({ ctx, input }) => manyGuardians.archive(ctx, input)),
  restoreMany: writing('guardian.write')
    .input(restoreManyGuardiansInput)
    .mutation(({ ctx, input }) => manyGuardians.restore(ctx, input)),
})
