import { useQuery } from '@tanstack/react-query'
import { useWords } from '../messages/messages.tsx'
import type { CellReads } from '../paste/cell-reads.ts'
import { PastePage as Paste } from '../paste/paste-page.tsx'
import { useTrpc } from '../school.tsx'
import { termForm } from './term-form-screens.tsx'
import { termKind, termWords } from './term-kind.ts'

function useFields({ text, oneOf, reference, day }: CellReads) {
  const { types } = useWords(termWords)
  const { data = [] } = useQuery(useTrpc().academicSessions.list.queryOptions({}))
  const terms = data.map(({ id, title }) => ({ id, names: [title] }))
  return [
    text('title'),
    oneOf('type', types),
    text('schoolYear'),
    reference('parentId', terms),
    day('startDate'),
    day('endDate'),
  ]
}

export const PastePage = () => <Paste kind={termKind} shape={termForm} useFields={useFields} />
