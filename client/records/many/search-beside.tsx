import type { ListPath } from '../../../db/values.ts'
import { SearchField } from '../../ui/search-field.tsx'
import { useRecordsSearch, useSearchChange } from '../use-records-search.ts'

interface SearchBesideProps {
  kind: { path: ListPath }
  words: { search: string; searchHint: string }
}

/** The list's search while rows are chosen: whoever looks for the next one keeps those. */
export function SearchBeside({ kind, words }: SearchBesideProps) {
  const { q } = useRecordsSearch()
  const change = useSearchChange(kind)
  return (
    <SearchField
      label={words.search}
      placeholder={words.searchHint}
      value={q ?? ''}
      onSearch={(text) => change({ q: text || undefined })}
    />
  )
}
