import { Button, NativeSelect } from '@mantine/core'
import { useWords } from '../messages/messages.tsx'
import { useMay } from '../school.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { useCourses, useDepartments } from './class-choices.ts'
import { classListWords } from './class-words.ts'
import type { ClassesSearch } from './classes-search.ts'
import { allTerms, isNarrowed, noFilters } from './classes-search.ts'
import type { useShownTerm } from './use-class-list.ts'

interface ClassesFiltersProps {
  search: ClassesSearch
  term: ReturnType<typeof useShownTerm>
  onChange(change: Partial<ClassesSearch>): void
}

interface TermSelectProps extends Omit<ClassesFiltersProps, 'search'> {
  /** In a form it says what it is. */
  hasLabel?: boolean
}

/** The term is always said here, also when it was not chosen. */
export function TermSelect({ term: { terms, shown, title }, hasLabel = false, onChange }: TermSelectProps) {
  const words = useWords(classListWords)
  const choices = terms.map(({ id, title: label }) => ({ value: id, label }))
  if (shown && !choices.some(({ value }) => value === shown)) choices.push({ value: shown, label: title })
  return (
    <NativeSelect
      {...(hasLabel ? { size: 'sm', label: words.term } : { size: 'xs', maw: 220, 'aria-label': words.term })}
      data={[{ value: allTerms, label: words.allTerms }, ...choices]}
      value={shown ?? allTerms}
      onChange={(event) => onChange({ term: event.currentTarget.value })}
    />
  )
}

/** By department; and by course, for who came from a course. */
function OriginSelects({ search, onChange }: Omit<ClassesFiltersProps, 'term'>) {
  const words = useWords(classListWords)
  const departments = useDepartments(useMay('department.read'))
  const courses = useCourses(Boolean(search.course))
  return (
    <>
      {departments.length > 0 && (
        <NativeSelect
          size="xs"
          maw={200}
          aria-label={words.department}
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
          size="xs"
          maw={220}
          aria-label={words.course}
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

export function ClassesFilters({ search, term, onChange }: ClassesFiltersProps) {
  const words = useWords(classListWords)
  return (
    <div className="filters">
      <SearchField
        label={words.search}
        placeholder={words.searchHint}
        value={search.q ?? ''}
        onSearch={(q) => onChange({ q: q || undefined })}
      />
      <TermSelect term={term} onChange={onChange} />
      <OriginSelects search={search} onChange={onChange} />
      <NativeSelect
        size="xs"
        aria-label={words.shown}
        data={[
          { value: '', label: words.current },
          { value: 'yes', label: words.archived },
        ]}
        value={search.archived ?? ''}
        onChange={(event) => onChange({ archived: event.currentTarget.value === 'yes' ? 'yes' : undefined })}
      />
      {isNarrowed(search) && (
        <Button variant="subtle" color="gray" onClick={() => onChange(noFilters)}>
          {words.clear}
        </Button>
      )}
    </div>
  )
}
