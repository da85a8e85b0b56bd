import { call, reading, writing } from '../trpc.ts'
import { mergeInput, mergePreviewInput } from './input.ts'
import { mergeStudents } from './merge.ts'
import { previewMerge } from './preview.ts'

export const mergeProcedures = {
  mergePreview: reading('student.merge').input(mergePreviewInput).query(call(previewMerge)),
  merge: writing('student.merge').input(mergeInput).mutation(call(mergeStudents)),
}
