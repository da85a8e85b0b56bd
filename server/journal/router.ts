import { reading, router, writing } from '../trpc.ts'
import { listHistoryInput, operationHistoryInput, recordHistoryInput } from './history/input.ts'
import { listHistory } from './history/list.ts'
import { readOperationHistory } from './history/of-operation.ts'
import { readRecordHistory } from './history/of-record.ts'
import { readHistoryPeople } from './history/people.ts'
import { undoInput } from './input.ts'
import { undoOperation } from './undo.ts'

export const journalRouter = router({
  list: reading('journal.read')
    .input(listHistoryInput)
    .query(({ ctx, input }) => listHistory(ctx, input)),
  ofOperation: reading('journal.read')
    .input(operationHistoryInput)
    .query(({ ctx, input }) => readOperationHistory(ctx, input)),
  ofRecord: reading('journal.read')
    .input(recordHistoryInput)
    .query(({ ctx, input }) => readRecordHistory(ctx, input)),
  people: reading('journal.read').query(({ ctx }) => readHistoryPeople(ctx)),
  undo: writing('journal.undo')
    .input(undoInput)
    .mutation(({ ctx, input }) => undoOperation(ctx, input)),
})
