import { byId } from '../input.ts'
import { archiveInput, seenInput } from '../records/input.ts'
import { reading, writing } from '../trpc.ts'
import { archiveClass, restoreClass } from './archive.ts'
import { createClass } from './create.ts'
import {
  archiveManyClassesInput,
  countClassesInput,
  createClassInput,
  createManyClassesInput,
  listClassesInput,
  restoreManyClassesInput,
  updateClassInput,
  updateManyClassesInput,
} from './input.ts'
import { classList } from './list.ts'
import { manyClasses } from './many.ts'
import { readClass } from './read.ts'
import { updateClass } from './update.ts'

export const classesProcedures = {
  list: reading('class.read')
    .input(listClassesInput)
    .query(({ ctx, input }) => classList.page(ctx, input)),
  count: reading('class.read')
    .input(countClassesInput)
    .query(({ ctx, input }) => classList.count(ctx, input)),
  get: reading('class.read')
    .input(byId)
    .query(({ ctx, input }) => readClass(ctx.db, ctx, input.id)),
  create: writing('class.write')
    .input(createClassInput)
    .mutation(({ ctx, input }) => createClass(ctx, input)),
  update: writing('class.write')
    .input(updateClassInput)
    .mutation(({ ctx, input }) => updateClass(ctx, input)),
  archive: writing('class.write')
    .input(archiveInput)
    .mutation(({ ctx, input }) => archiveClass(ctx, input)),
  restore: writing('class.write')
    .input(seenInput)
    .mutation(({ ctx, input }) => restoreClass(ctx, input)),
  createMany: writing('class.write')
    .input(createManyClassesInput)
    .mutation(({ ctx, input }) => manyClasses.create(ctx, input)),
  updateMany: writing('class.write')
    .input(updateManyClassesInput)
    .mutation(({ ctx, input }) => manyClasses.update(ctx, input)),
  archiveMany: writing('class.write')
    .input(archiveManyClassesInput)
    .mutation(({ ctx, input }) => manyClasses.archive(ctx, input)),
  restoreMany: writing('class.write')
    .input(restoreManyClassesInput)
    .mutation(({ ctx, input }) => manyClasses.restore(ctx, input)),
}
