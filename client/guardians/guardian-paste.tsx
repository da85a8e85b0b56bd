import type { CellReads } from '../paste/cell-reads.ts'
import { PastePage as Paste } from '../paste/paste-page.tsx'
import { guardianForm } from './guardian-form-screens.tsx'
import { guardianKind } from './guardian-kind.ts'

const useFields = ({ text, email, person }: CellReads) => [
  ...person(),
  text('phone'),
  text('otherPhone'),
  email('email'),
]

export const PastePage = () => <Paste kind={guardianKind} shape={guardianForm} useFields={useFields} />
