import { Button } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useWords } from '../messages/messages.tsx'
import { useMay, useSchool, useTrpc } from '../school.tsx'
import { NotRead } from '../ui/not-read.tsx'
import { historyWords } from './history-words.ts'
import '../ui/list-page.css'
import { PageHead, Waiting } from '../ui/page.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import './history.css'
import { HistoryEmpty } from './history-empty.tsx'
import { HistoryFilters } from './history-filters.tsx'
import { HistoryOperation, SomeEntries } from './history-operation.tsx'
import type { HistorySearch } from './history-search.ts'
import { historyInput } from './history-search.ts'
import { UnfoldingEntries } from './unfolding-entries.tsx'

const route = getRouteApi('/$school/history')

function useHistory(search: HistorySearch) {
  const trpc = useTrpc()
  return useInfiniteQuery(
    trpc.journal.list.infiniteQueryOptions(historyInput(search), {
      getNextPageParam: ({ next }) => next,
      initialCursor: null,
      placeholderData: keepPreviousData,
      staleTime: 0,
    }),
  )
}

function Operations({ history }: { history: ReturnType<typeof useHistory> }) {
  const words = useWords(historyWords)
  const rows = history.data?.pages.flatMap((page) => page.rows) ?? []
  return (
    <div className="history">
      <ol className="told-operations" aria-label={words.label} aria-busy={history.isFetching}>
        {rows.map((operation) => (
          <HistoryOperation key={operation.id} operation={operation} isFolded={!operation.entries.length}>
            {operation.entries.length ? (
              <SomeEntries entries={operation.entries} />
            ) : (
              <UnfoldingEntries id={operation.id} counts={operation.counts} />
            )}
          </HistoryOperation>
        ))}
      </ol>
      {history.hasNextPage && (
        <Button variant="default" loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
          {words.more}
        </Button>
      )}
    </div>
  )
}

export function HistoryPage() {
  const words = useWords(historyWords)
  const { name } = useSchool()
  const mayRead = useMay('journal.read')
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const history = useHistory(search)
  usePageTitle(words.title, name)
  const change = (next: Partial<HistorySearch>) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true })
  const isEmpty = history.data?.pages[0]?.rows.length === 0
  return (
    <div className="page">
      <PageHead title={words.title} />
      {mayRead && <HistoryFilters search={search} onChange={change} />}
      {history.isPending && <Waiting lines={14} />}
      {history.isError && !history.data && <NotRead title={words.failed} error={history.error} />}
      {isEmpty && <HistoryEmpty search={search} onChange={change} />}
      {history.data && !isEmpty && <Operations history={history} />}
    </div>
  )
}
