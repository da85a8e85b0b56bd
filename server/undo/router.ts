import { call, writing } from '../trpc.ts'
import { undoInput } from './input.ts'
import { undoOperation } from './undo.ts'

export const undoProcedures = {
  undo: writing('journal.undo').input(undoInput).mutation(call(undoOperation)),
}
