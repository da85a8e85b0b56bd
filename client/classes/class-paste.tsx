import type { CellReads } from '../paste/cell-reads.ts'
import { PastePage as Paste } from '../paste/paste-later.tsx'
import { useTerms } from './class-choices.ts'
import { classForm } from './class-form.ts'
import { classKind } from './class-kind.ts'

function useOwn({ references }: CellReads) {
  const terms = useTerms().map(({ id, title }) => ({ value: id, label: title }))
  return { academicSessionIds: references('academicSessionIds', terms) }
}

export const PastePage = () => <Paste kind={classKind} shape={classForm} useOwn={useOwn} />
