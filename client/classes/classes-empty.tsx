import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useWords } from '../messages/messages.tsx'
import { NoneYet } from '../records/no-records.tsx'
import { useSearchChange } from '../records/use-records-search.ts'
import { useTrpc } from '../school.tsx'
import { Empty } from '../ui/empty.tsx'
import { classKind } from './class-kind.ts'
import { classListWords } from './class-words.ts'
import { useFilterWords } from './classes-filters.tsx'
import type { ClassesSearch } from './classes-search.ts'
import { allTerms, isNarrowed, noFilters } from './classes-search.ts'

interface ClassesEmptyProps {
  search: ClassesSearch
  /** The term the list is narrowed to; empty when it shows all. */
  term: string
}

/** The term narrows the list as a filter does, so it is named with them. */
export function ClassesEmpty({ search, term }: ClassesEmptyProps) {
  const words = useWords(classListWords)
  const trpc = useTrpc()
  const change = useSearchChange(classKind)
  const facts = useFilterWords(search, term)
  const isNarrow = isNarrowed(search)
  const { data: inAll, isPending } = useQuery(
    trpc.classes.count.queryOptions({}, { enabled: !isNarrow && Boolean(term) }),
  )
  if (!isNarrow && (!term || inAll === 0)) return <NoneYet kind={classKind} words={words} />
  if (!isNarrow && isPending) return null
  const showAll = term && (
    <Button variant="default" onClick={() => change({ term: allTerms })}>
      {words.showAllTerms}
    </Button>
  )
  const { attention, ...others } = search
  const inOrder = attention && !isNarrowed(others) && words.inOrder[attention]
  const reason = inOrder
    ? { title: inOrder, hint: term ? words.inOrderTerm(term) : words.inOrderHint }
    : { title: words.noMatch, hint: words.noMatchHint, facts }
  if (!isNarrow)
    return (
      <Empty title={words.noneInTerm(term)} hint={words.noneInTermHint}>
        {showAll}
      </Empty>
    )
  return (
    <Empty {...reason}>
      {showAll}
      <Button variant="default" onClick={() => change(noFilters)}>
        {words.clear}
      </Button>
    </Empty>
  )
}
