import { reading, writing } from '../trpc.ts'
import { mergeInput, mergePreviewInput } from './input.ts'
import { mergeStudents } from './merge.ts'
import { previewMerge } from './preview.ts'

export const mergeProcedures = {
  mergePreview: reading('student.merge')
    .input(mergePreviewInput)
    .query(({ ctx, input }) => previewMerge(ctx, input)),
  merge: writing('student.merge')
    .input(mergeInput)
    .mutation(({ ctx, input }) => mergeStudents(ctx, input)),
}
