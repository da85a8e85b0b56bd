import { Button, NativeSelect } from '@mantine/core'
import { FilterSheet } from '../lists/filter-sheet.tsx'
import { useMessages, useWords } from '../messages/messages.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import type { Choice } from './form-shape.ts'
import type { RecordKind } from './record-kind.ts'
import { recordWords } from './record-words.ts'
import { useRecordsSearch, useSearchChange } from './use-records-search.ts'

export interface ListFilter {
  name: string
  label: string
  choices: readonly Choice[]
  /** What is chosen, where the address does not say it alone. */
  value?: string | undefined
  /** What the address says then, where that is more than what was chosen. */
  chosen?(value: string): object
}
/** A kind's own filters, beside the search and the archived ones. */
export interface Filtering {
  filters: readonly ListFilter[]
  /** On a phone, where the heads of the columns are not shown. */
  order?: ListFilter
  /** The address without any filter. */
  none: object
  isFiltered: boolean
  words: { showResults: string; clear: string }
}

interface FilterSelectProps {
  filter: Pick<ListFilter, 'label' | 'choices' | 'value'>
  /** In a form and in a sheet it says what it is. */
  hasLabel?: boolean
  onChoose(value: string): void
}

export const FilterSelect = ({ filter: { label, choices, value }, hasLabel, onChoose }: FilterSelectProps) => (
  <NativeSelect
    {...(hasLabel ? { size: 'sm', label } : { size: 'xs', maw: 220, 'aria-label': label })}
    data={[...choices]}
    value={value ?? ''}
    onChange={(event) => onChoose(event.currentTarget.value)}
  />
)

function useArchivedFilter(): ListFilter {
  const { list: words } = useWords(recordWords)
  const choices = [
    { value: '', label: words.current },
    { value: 'yes', label: words.archived },
  ]
  return { name: 'archived', label: words.shown, choices }
}

interface RecordsFiltersProps {
  kind: RecordKind<never>
  words: { search: string; searchHint: string }
  filtering: Filtering | undefined
  /** Begins choosing rows: on a phone they have no box to tick until somebody wants to. */
  onSelect: (() => void) | undefined
}

/** Search and filters above the list; on a phone the filters are a sheet. */
export function RecordsFilters({ kind, words, filtering, onSelect }: RecordsFiltersProps) {
  const { lists } = useMessages()
  const search = useRecordsSearch() as Partial<Record<string, string>>
  const change = useSearchChange(kind)
  const isNarrow = useIsNarrow()
  const filters = [...(filtering?.filters ?? []), useArchivedFilter()]
  const selects = (shown: readonly ListFilter[], hasLabel: boolean) =>
    shown.map(({ name, chosen = (value) => ({ [name]: value || undefined }), ...filter }) => (
      <FilterSelect
        key={name}
        filter={{ value: search[name], ...filter }}
        hasLabel={hasLabel}
        onChoose={(value) => change(chosen(value))}
      />
    ))
  return (
    <div className="filters">
      <SearchField
        label={words.search}
        placeholder={words.searchHint}
        value={search.q ?? ''}
        onSearch={(q) => change({ q: q || undefined })}
      />
      {isNarrow ? (
        <FilterSheet
          count={filters.filter(({ name }) => search[name]).length}
          showLabel={filtering?.words.showResults ?? lists.showList}
          onClear={() => change({ ...(filtering?.none ?? { archived: undefined }), q: search.q })}
        >
          {selects(filtering?.order ? [...filters, filtering.order] : filters, true)}
        </FilterSheet>
      ) : (
        selects(filters, false)
      )}
      {isNarrow && onSelect && (
        <Button variant="default" onClick={onSelect}>
          {lists.selectMode}
        </Button>
      )}
      {!isNarrow && filtering?.isFiltered && (
        <Button variant="subtle" color="gray" onClick={() => change(filtering.none)}>
          {filtering.words.clear}
        </Button>
      )}
    </div>
  )
}
