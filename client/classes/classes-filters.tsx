import { Button, NativeSelect } from '@mantine/core'
import { classAttentions } from '../../db/values.ts'
import { FilterSheet } from '../lists/filter-sheet.tsx'
import { SelectButton } from '../lists/select-button.tsx'
import { useWords } from '../messages/messages.tsx'
import { ArchivedSelect } from '../records/archived-select.tsx'
import { useMay } from '../school.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import { useCourses, useDepartments } from './class-choices.ts'
import { classListWords } from './class-words.ts'
import type { ClassesSearch } from './classes-search.ts'
import { allTerms, filterCount, isNarrowed, noFilters, readClassesSearch } from './classes-search.ts'
import type { useShownTerm } from './use-class-list.ts'

interface ClassesFiltersProps {
  search: ClassesSearch
  term: ReturnType<typeof useShownTerm>
  onChange(change: Partial<ClassesSearch>): void
}

interface Labelled {
  /** In a form and in a sheet it says what it is. */
  hasLabel?: boolean | undefined
}
const labelled = (label: string, hasLabel = false, maw = 200) =>
  hasLabel ? ({ size: 'sm', label } as const) : ({ size: 'xs', maw, 'aria-label': label } as const)

/** The term is always said here, also when it was not chosen. */
export function TermSelect(props: Omit<ClassesFiltersProps, 'search'> & Labelled) {
  const { term, hasLabel, onChange } = props
  const { terms, shown, title } = term
  const words = useWords(classListWords)
  const choices = terms.map(({ id, title: label }) => ({ value: id, label }))
  if (shown && !choices.some(({ value }) => value === shown)) choices.push({ value: shown, label: title })
  return (
    <NativeSelect
      {...labelled(words.term, hasLabel, 220)}
      data={[{ value: allTerms, label: words.allTerms }, ...choices]}
      value={shown ?? allTerms}
      onChange={(event) => onChange({ term: event.currentTarget.value })}
    />
  )
}

/** By department; and by course, for who came from a course. */
function OriginSelects({ search, hasLabel, onChange }: Omit<ClassesFiltersProps, 'term'> & Labelled) {
  const words = useWords(classListWords)
  const departments = useDepartments(useMay('department.read'))
  const courses = useCourses(Boolean(search.course))
  return (
    <>
      {departments.length > 0 && (
        <NativeSelect
          {...labelled(words.department, hasLabel)}
          data={[
            { value: '', label: words.anyDepartment },
            ...departments.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={search.department ?? ''}
          onChange={(event) => onChange({ department: event.currentTarget.value || undefined })}
        />
      )}
      {search.course && (
        <NativeSelect
          {...labelled(words.course, hasLabel, 220)}
          data={[
            { value: '', label: words.anyCourse },
            ...courses.map(({ id, title }) => ({ value: id, label: title })),
          ]}
          value={search.course}
          onChange={(event) => onChange({ course: event.currentTarget.value || undefined })}
        />
      )}
    </>
  )
}

/** By what is to be mended, for who can; for others only where an address says so. */
function AttentionSelect({ search, hasLabel, onChange }: Omit<ClassesFiltersProps, 'term'> & Labelled) {
  const words = useWords(classListWords)
  const mayMend = useMay('class.write')
  if (!mayMend && !search.attention) return null
  return (
    <NativeSelect
      {...labelled(words.attention, hasLabel)}
      data={[
        { value: '', label: words.anyAttention },
        ...classAttentions.map((value) => ({ value, label: words.attentions[value] })),
      ]}
      value={search.attention ?? ''}
      onChange={(event) => onChange(readClassesSearch({ ...search, attention: event.currentTarget.value }))}
    />
  )
}

function FilterSelects({ term, ...props }: ClassesFiltersProps & Labelled) {
  const { search, hasLabel, onChange } = props
  return (
    <>
      <TermSelect term={term} hasLabel={hasLabel} onChange={onChange} />
      <OriginSelects {...props} />
      <AttentionSelect {...props} />
      <ArchivedSelect value={search.archived} hasLabel={hasLabel} onChange={(archived) => onChange({ archived })} />
    </>
  )
}

/** Search and filters above the list; on a phone the filters are a sheet. */
export function ClassesFilters(props: ClassesFiltersProps & { onSelect: (() => void) | undefined }) {
  const { onSelect, ...filters } = props
  const { search, onChange } = filters
  const words = useWords(classListWords)
  const isNarrow = useIsNarrow()
  return (
    <div className="filters">
      <SearchField
        label={words.search}
        placeholder={words.searchHint}
        value={search.q ?? ''}
        onSearch={(q) => onChange({ q: q || undefined })}
      />
      {isNarrow ? (
        <FilterSheet
          count={filterCount(search)}
          showLabel={words.showResults}
          onClear={() => onChange({ ...noFilters, q: search.q })}
        >
          <FilterSelects {...filters} hasLabel />
        </FilterSheet>
      ) : (
        <FilterSelects {...filters} />
      )}
      <SelectButton onSelect={onSelect} />
      {!isNarrow && isNarrowed(search) && (
        <Button variant="subtle" color="gray" onClick={() => onChange(noFilters)}>
          {words.clear}
        </Button>
      )}
    </div>
  )
}
