import { useNamedDepartments } from '../departments/use-department-choices.ts'
import { useWords } from '../messages/messages.tsx'
import type { CellReads } from '../paste/cell-reads.ts'
import { PastePage as Paste } from '../paste/paste-page.tsx'
import { instructorForm } from './instructor-form-screens.tsx'
import { instructorKind, instructorWords } from './instructor-kind.ts'

function useFields({ email, person, oneOf, reference }: CellReads) {
  const { statuses, employment } = useWords(instructorWords)
  return [
    ...person(),
    email('email'),
    oneOf('status', statuses),
    oneOf('employment', employment),
    reference('departmentId', useNamedDepartments()),
  ]
}

export const PastePage = () => <Paste kind={instructorKind} shape={instructorForm} useFields={useFields} />
