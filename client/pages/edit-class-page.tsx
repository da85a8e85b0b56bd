import { ClassFields } from '../classes/class-fields.tsx'
import { classForm } from '../classes/class-form.ts'
import { classKind } from '../classes/class-kind.ts'
import { HoldQuestion } from '../meetings/hold-anyway.tsx'
import { EditRecord } from '../records/edit-record.tsx'

/** A room that another class has at the same time is refused, unless a reason holds it. */
const question = { refusal: 'meeting.conflicts', Ask: HoldQuestion } as const

export const EditClassPage = () => (
  <EditRecord
    kind={classKind}
    shape={classForm}
    fields={(state, of) => <ClassFields state={state} of={of} />}
    question={question}
  />
)
