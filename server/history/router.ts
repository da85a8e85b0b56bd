import { call, reading } from '../trpc.ts'
import { listChanges } from './changes.ts'
import { listChangesInput, listHistoryInput, operationHistoryInput, recordHistoryInput } from './input.ts'
import { listHistory } from './list.ts'
import { readOperationHistory } from './of-operation.ts'
import { readRecordHistory } from './of-record.ts'
import { readHistoryPeople } from './people.ts'

export const historyProcedures = {
  list: reading('journal.read').input(listHistoryInput).query(call(listHistory)),
  changes: reading('journal.read').input(listChangesInput).query(call(listChanges)),
  ofOperation: reading('journal.read').input(operationHistoryInput).query(call(readOperationHistory)),
  ofRecord: reading('journal.read').input(recordHistoryInput).query(call(readRecordHistory)),
  people: reading('journal.read').query(({ ctx }) => readHistoryPeople(ctx)),
}
