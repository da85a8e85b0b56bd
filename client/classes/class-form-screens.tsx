import { EditRecord } from '../records/edit-record.tsx'
import { NewRecord } from '../records/new-record.tsx'
import { ClassFields } from './class-fields.tsx'
import { classForm } from './class-form.ts'
import { classKind } from './class-kind.ts'

export const NewClassPage = () => (
  <NewRecord kind={classKind} shape={classForm} fields={(state) => <ClassFields state={state} />} />
)

export const EditClassPage = () => (
  <EditRecord kind={classKind} shape={classForm} fields={(state, of) => <ClassFields state={state} of={of} />} />
)
