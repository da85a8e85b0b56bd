import { classAttentions } from '../../db/values.ts'
import { useWords } from '../messages/messages.tsx'
import type { Filtering } from '../records/records-filters.tsx'
import { FilterSelect } from '../records/records-filters.tsx'
import { useMay } from '../school.tsx'
import { useCourses, useDepartments } from './class-choices.ts'
import { classListWords } from './class-words.ts'
import type { ClassesSearch } from './classes-search.ts'
import { allTerms, classSeats, isNarrowed, noFilters } from './classes-search.ts'
import type { ShownTerm } from './use-shown-term.ts'

/** The term is always said here, also when it was not chosen. */
function useTermFilter({ terms, shown, title }: ShownTerm) {
  const words = useWords(classListWords)
  const choices = terms.map(({ id, title: label }) => ({ value: id, label }))
  if (shown && !choices.some(({ value }) => value === shown)) choices.push({ value: shown, label: title })
  return {
    name: 'term',
    label: words.term,
    choices: [{ value: allTerms, label: words.allTerms }, ...choices],
    value: shown ?? allTerms,
  }
}

export const TermSelect = ({ term, onChoose }: { term: ShownTerm; onChoose(term: string): void }) => (
  <FilterSelect filter={useTermFilter(term)} hasLabel onChoose={onChoose} />
)

/**
 * By term, department and seats; by course, for who came from a course; and by what is to be mended, for who can, for others
 * only where an address says so.
 */
export function useClassFiltering(search: ClassesSearch, term: ShownTerm): Filtering {
  const words = useWords(classListWords)
  const termFilter = useTermFilter(term)
  const departments = useDepartments(useMay('department.read'))
  const courses = useCourses(Boolean(search.course))
  const mayMend = useMay('class.write')
  const withNone = (label: string, choices: { value: string; label: string }[]) => [{ value: '', label }, ...choices]
  const department = {
    name: 'department',
    label: words.department,
    choices: withNone(
      words.anyDepartment,
      departments.map(({ id, name }) => ({ value: id, label: name })),
    ),
  }
  const course = {
    name: 'course',
    label: words.course,
    choices: withNone(
      words.anyCourse,
      courses.map(({ id, title }) => ({ value: id, label: title })),
    ),
  }
  const attention = {
    name: 'attention',
    label: words.attention,
    choices: withNone(
      words.anyAttention,
      classAttentions.map((value) => ({ value, label: words.attentions[value] })),
    ),
  }
  const seats = {
    name: 'seats',
    label: words.seatsFilter,
    choices: withNone(
      words.anySeats,
      classSeats.map((value) => ({ value, label: words.seatsOf[value] })),
    ),
  }
  return {
    filters: [
      termFilter,
      ...(departments.length ? [department] : []),
      seats,
      ...(search.course ? [course] : []),
      ...(mayMend || search.attention ? [attention] : []),
    ],
    none: noFilters,
    isFiltered: isNarrowed(search),
    words,
  }
}

export function useFilterWords(search: ClassesSearch, term: string): string[] {
  const { filterWords: words, attentions, seatsOf } = useWords(classListWords)
  const { q, department, course, attention, seats, archived } = search
  const departmentName = useDepartments(Boolean(department)).find(({ id }) => id === department)?.name
  const courseTitle = useCourses(Boolean(course)).find(({ id }) => id === course)?.title
  return [
    q && words.search(q),
    term,
    departmentName && words.department(departmentName),
    courseTitle && words.course(courseTitle),
    attention && attentions[attention],
    seats && seatsOf[seats],
    archived && words.archived,
  ].flatMap((word) => word || [])
}
