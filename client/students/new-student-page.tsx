import { Link } from '@tanstack/react-router'
import { useMessages } from '../messages/messages.tsx'
import { NewRecord } from '../records/new-record.tsx'
import { useSchool, useToday } from '../school.tsx'
import { StudentFields } from './student-fields.tsx'
import { studentForm } from './student-form.ts'
import { studentKind } from './student-kind.ts'

export function NewStudentPage() {
  const { lists } = useMessages()
  const { slug } = useSchool()
  const paste = (
    <Link className="other-way" to="/$school/students/paste" params={{ school: slug }} replace>
      {lists.paste}
    </Link>
  )
  return (
    <NewRecord
      kind={studentKind}
      shape={studentForm}
      initial={{ ...studentForm.valuesOf(), entryDate: useToday() }}
      fields={(state) => <StudentFields state={state} />}
      aside={paste}
    />
  )
}
