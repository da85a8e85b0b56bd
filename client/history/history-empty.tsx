import { Button } from '@mantine/core'
import { useWords } from '../messages/messages.tsx'
import { Empty } from '../ui/empty.tsx'
import { useHistoryPeople } from './history-filters.tsx'
import type { HistoryFilter, HistorySearch } from './history-search.ts'
import { filtersSet, noFilters } from './history-search.ts'
import { historyWords } from './history-words.ts'

function useFilterWords({ by, kind, did, from, to }: HistorySearch): Record<HistoryFilter, string> {
  const { none: words, filters, kindTitle, doings } = useWords(historyWords)
  const person = useHistoryPeople().find(({ id }) => id === by)?.name
  const way = by === 'import' ? filters.import : by === 'cli' ? filters.cli : undefined
  return {
    by: way ?? words.person(person ?? ''),
    kind: kind ? kindTitle(kind) : '',
    did: did ? doings[did] : '',
    from: from ? words.from(from) : '',
    to: to ? words.to(to) : '',
  }
}

interface HistoryEmptyProps {
  search: HistorySearch
  onChange(change: Partial<HistorySearch>): void
}

/** Offers the list without one of the filters, or without all. */
export function HistoryEmpty({ search, onChange }: HistoryEmptyProps) {
  const { none: words, filters } = useWords(historyWords)
  const named = useFilterWords(search)
  const set = filtersSet(search)
  if (!set.length) return <Empty title={words.yet} hint={words.yetHint} />
  return (
    <Empty title={words.title} hint={words.hint} facts={set.map((filter) => named[filter])}>
      {set.length > 1 &&
        set.map((filter) => (
          <Button key={filter} variant="default" onClick={() => onChange({ [filter]: undefined })}>
            {words.wider[filter]}
          </Button>
        ))}
      <Button variant="default" onClick={() => onChange(noFilters)}>
        {filters.clear}
      </Button>
    </Empty>
  )
}
