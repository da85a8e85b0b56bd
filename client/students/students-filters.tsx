import { Button, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { gradeLevels, studentStatuses } from '../../db/values.ts'
import { FilterSheet } from '../lists/filter-sheet.tsx'
import { SelectButton } from '../lists/select-button.tsx'
import type { Words } from '../messages/catalog.ts'
import { gradeName } from '../messages/grade-name.ts'
import { useWords } from '../messages/messages.tsx'
import { useTrpc } from '../school.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import { studentListWords, studentWords } from './student-words.ts'
import type { StudentsSearch } from './students-search.ts'
import { filterCount, isFiltered, noFilters, noProgram, readStudentsSearch } from './students-search.ts'

interface FilterProps {
  search: StudentsSearch
  onChange(change: Partial<StudentsSearch>): void
}
interface Choice {
  value: string
  label: string
}

export function usePrograms() {
  const trpc = useTrpc()
  const { data } = useQuery(trpc.programs.list.queryOptions(undefined, { staleTime: 300_000 }))
  return data ?? []
}

/** A code that came with an import stays choosable once it is chosen. */
export function gradeChoices(student: Words['student'], chosen?: string | null): Choice[] {
  const codes: string[] = [...gradeLevels]
  if (chosen && !codes.includes(chosen)) codes.push(chosen)
  return codes.map((value) => ({ value, label: gradeName(value, student) }))
}

function useFilters(search: StudentsSearch) {
  const students = useWords(studentListWords)
  const student = useWords(studentWords)
  const programs = usePrograms()
  const any = (label: string): Choice => ({ value: '', label })
  const filters = [
    {
      name: 'grade' as const,
      label: students.grade,
      choices: [any(students.anyGrade), ...gradeChoices(student, search.grade)],
    },
    {
      name: 'status' as const,
      label: students.status,
      choices: [any(students.anyStatus), ...studentStatuses.map((value) => ({ value, label: student.status[value] }))],
    },
    {
      name: 'program' as const,
      label: students.program,
      choices: programs.length
        ? [
            any(students.anyProgram),
            { value: noProgram, label: students.noProgram },
            ...programs.map(({ id, name }) => ({ value: id, label: name })),
          ]
        : [],
    },
    {
      name: 'archived' as const,
      label: students.shown,
      choices: [any(students.current), { value: 'yes', label: students.archived }],
    },
  ]
  return filters.filter(({ name, choices }) => name !== 'program' || choices.length > 1)
}

function FilterSelects({ search, onChange, withLabels }: FilterProps & { withLabels: boolean }) {
  return useFilters(search).map(({ name, label, choices }) => (
    <NativeSelect
      key={name}
      size={withLabels ? 'sm' : 'xs'}
      maw={withLabels ? undefined : 180}
      {...(withLabels ? { label } : { 'aria-label': label })}
      data={choices}
      value={search[name] ?? ''}
      onChange={(event) => onChange(readStudentsSearch({ ...search, [name]: event.currentTarget.value }))}
    />
  ))
}

function SortSelect({ search, onChange }: FilterProps) {
  const students = useWords(studentListWords)
  const value = [search.sort ?? 'name', search.order].filter(Boolean).join('.')
  const choose = (chosen: string) => {
    const [sort, order] = chosen.split('.')
    onChange(readStudentsSearch({ ...search, sort, order }))
  }
  return (
    <NativeSelect
      size="sm"
      label={students.sortLabel}
      data={Object.entries(students.sorts).map(([key, label]) => ({ value: key, label }))}
      value={value}
      onChange={(event) => choose(event.currentTarget.value)}
    />
  )
}

/** Search and filters above the list; on a phone the filters are a sheet. */
export function StudentsFilters(props: FilterProps & { onSelect: (() => void) | undefined }) {
  const { search, onChange, onSelect } = props
  const students = useWords(studentListWords)
  const isNarrow = useIsNarrow()
  return (
    <div className="filters">
      <SearchField
        label={students.search}
        placeholder={students.searchHint}
        value={search.q ?? ''}
        onSearch={(q) => onChange({ q: q || undefined })}
      />
      {isNarrow ? (
        <FilterSheet
          count={filterCount(search)}
          showLabel={students.showResults}
          onClear={() => onChange({ ...noFilters, q: search.q })}
        >
          <FilterSelects {...props} withLabels />
          <SortSelect {...props} />
        </FilterSheet>
      ) : (
        <FilterSelects {...props} withLabels={false} />
      )}
      <SelectButton onSelect={onSelect} />
      {!isNarrow && isFiltered(search) && (
        <Button variant="subtle" color="gray" onClick={() => onChange(noFilters)}>
          {students.clear}
        </Button>
      )}
    </div>
  )
}
