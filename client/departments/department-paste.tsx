import type { CellReads } from '../paste/cell-reads.ts'
import { PastePage as Paste } from '../paste/paste-page.tsx'
import { departmentForm } from './department-form-screens.tsx'
import { departmentKind } from './department-kind.ts'

const useFields = ({ text }: CellReads) => [text('name')]

export const PastePage = () => <Paste kind={departmentKind} shape={departmentForm} useFields={useFields} />
