import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { sentenceOf } from '../errors.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { useTrpc } from '../school.tsx'
import type { Outputs } from '../trpc.ts'
import { Waiting } from '../ui/page.tsx'
import { HistoryEntry } from './history-entry.tsx'
import { historyWords } from './history-words.ts'

type Listed = Outputs['journal']['list']['rows'][number]

function Pages({ operationId }: { operationId: string }) {
  const messages = useMessages()
  const words = useWords(historyWords)
  const trpc = useTrpc()
  const list = useInfiniteQuery(
    trpc.journal.ofOperation.infiniteQueryOptions(
      { operationId },
      // What an operation did stays what it did.
      { getNextPageParam: ({ next }) => next, initialCursor: null, staleTime: 300_000 },
    ),
  )
  if (list.isPending) return <Waiting lines={3} />
  if (list.isError && !list.data) return <p className="dim">{sentenceOf(list.error, messages)}</p>
  return (
    <>
      <ul className="told-entries">
        {list.data.pages.flatMap(({ rows }) => rows.map((entry) => <HistoryEntry key={entry.number} entry={entry} />))}
      </ul>
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {words.more}
        </Button>
      )}
    </>
  )
}

/** Very many records in one line with their counts; unfolded, a page of them at a time. */
export function UnfoldingEntries({ id, counts }: Pick<Listed, 'id' | 'counts'>) {
  const words = useWords(historyWords)
  const [isOpen, setOpen] = useState(false)
  const total = counts.reduce((sum, { count }) => sum + count, 0)
  return (
    <>
      <p className="told-title">{words.counts(counts)}</p>
      <button type="button" className="as-link" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? words.fold : words.unfold(total)}
      </button>
      {isOpen && <Pages operationId={id} />}
    </>
  )
}
