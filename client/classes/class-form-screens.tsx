import { NewRecord } from '../records/new-record.tsx'
import { ClassFields } from './class-fields.tsx'
import { classForm } from './class-form.ts'
import { classKind } from './class-kind.ts'

export const NewClassPage = () => (
  <NewRecord kind={classKind} shape={classForm} fields={(state) => <ClassFields state={state} />} />
)
