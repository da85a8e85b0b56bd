import { reading } from '../trpc.ts'
import { listHistoryInput, operationHistoryInput, recordHistoryInput } from './input.ts'
import { listHistory } from './list.ts'
import { readOperationHistory } from './of-operation.ts'
import { readRecordHistory } from './of-record.ts'
import { readHistoryPeople } from './people.ts'

export const historyProcedures = {
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
}
