import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { sentenceOf } from '../errors.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import type { RecordOfHistory } from '../records/history-section.tsx'
import { useTrpc } from '../school.tsx'
import { Waiting } from '../ui/page.tsx'
import { historyWords } from './history-words.ts'
import './history.css'
import { HistoryOperation, SomeEntries } from './history-operation.tsx'
import type { RecordOperation } from './told-fields.ts'

/** Joins an operation whose entries are on two pages. */
function joined(operations: readonly RecordOperation[]): RecordOperation[] {
  const whole: RecordOperation[] = []
  for (const operation of operations) {
    const last = whole.at(-1)
    if (last?.id === operation.id)
      whole[whole.length - 1] = { ...last, entries: [...last.entries, ...operation.entries] }
    else whole.push(operation)
  }
  return whole
}

export default function RecordHistory({ entity, id }: RecordOfHistory) {
  const messages = useMessages()
  const words = useWords(historyWords)
  const trpc = useTrpc()
  const history = useInfiniteQuery(
    trpc.journal.ofRecord.infiniteQueryOptions(
      { entity, id },
      { getNextPageParam: ({ next }) => next, initialCursor: null, staleTime: 0 },
    ),
  )
  if (history.isPending) return <Waiting />
  if (history.isError && !history.data) return <p className="dim">{sentenceOf(history.error, messages)}</p>
  return (
    <div className="history">
      <ol className="told-operations" aria-label={words.label}>
        {joined(history.data.pages.flatMap(({ rows }) => rows)).map((operation) => (
          <HistoryOperation key={operation.id} operation={operation}>
            <SomeEntries entries={operation.entries} pageId={id} />
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
