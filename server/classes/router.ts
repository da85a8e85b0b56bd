import { byId } from '../input.ts'
import { reading, router } from '../trpc.ts'
import { countClassesInput, listClassesInput } from './input.ts'
import { countClasses, listClasses } from './list.ts'
import { readClass } from './read.ts'

export const classesRouter = router({
  list: reading('class.read')
    .input(listClassesInput)
    .query(({ ctx, input }) => listClasses(ctx, input)),
  count: reading('class.read')
    .input(countClassesInput)
    .query(({ ctx, input }) => countClasses(ctx, input)),
  get: reading('class.read')
    .input(byId)
    .query(({ ctx, input }) => readClass(ctx, input.id)),
})
