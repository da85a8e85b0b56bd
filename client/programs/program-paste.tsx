import { useNamedDepartments } from '../departments/use-department-choices.ts'
import { useWords } from '../messages/messages.tsx'
import type { CellReads } from '../paste/cell-reads.ts'
import { PastePage as Paste } from '../paste/paste-page.tsx'
import { programForm } from './program-form-screens.tsx'
import { programKind, programWords } from './program-kind.ts'

const useFields = ({ text, oneOf, reference }: CellReads) => [
  text('name'),
  oneOf('type', useWords(programWords).types),
  reference('departmentId', useNamedDepartments()),
]

export const PastePage = () => <Paste kind={programKind} shape={programForm} useFields={useFields} />
