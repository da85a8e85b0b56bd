import { useWords } from '../messages/messages.tsx'
import { NoRecords } from './no-records.tsx'
import type { ListedKind } from './record-kind.ts'
import { useListedWords } from './record-kind.ts'
import { recordWords } from './record-words.ts'
import { useRecordsSearch } from './use-records-search.ts'

/** What a list without filters of its own says. */
export function usePlainLook(kind: ListedKind<never>) {
  const { list: shared } = useWords(recordWords)
  const { title, add, list } = useListedWords(kind)
  const { q, archived } = useRecordsSearch()
  const words = {
    ...shared,
    ...list,
    title,
    add,
    noMatchHint: shared.noMatch(q ?? ''),
    noneArchivedHint: shared.archivedHint,
  }
  return {
    kind,
    words,
    facts: [q && shared.searched(q), archived && shared.archivedOnly].flatMap((fact) => fact || []),
    none: <NoRecords {...{ kind, words }} isFiltered={Boolean(q)} none={{ q: undefined }} />,
  }
}
