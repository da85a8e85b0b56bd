import { EditRecord } from '../records/edit-record.tsx'
import { StudentFields } from './student-fields.tsx'
import { studentForm } from './student-form.ts'
import { studentKind } from './student-kind.ts'

export const EditStudentPage = () => (
  <EditRecord kind={studentKind} shape={studentForm} fields={(state) => <StudentFields state={state} />} />
)
