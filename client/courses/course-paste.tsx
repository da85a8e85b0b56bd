import { useNamedDepartments } from '../departments/use-department-choices.ts'
import type { CellReads } from '../paste/cell-reads.ts'
import { PastePage as Paste } from '../paste/paste-page.tsx'
import { courseForm } from './course-form-screens.tsx'
import { courseKind } from './course-kind.ts'

const useFields = ({ text, reference }: CellReads) => [
  text('title'),
  text('code'),
  text('credits'),
  reference('departmentId', useNamedDepartments()),
]

export const PastePage = () => <Paste kind={courseKind} shape={courseForm} useFields={useFields} />
