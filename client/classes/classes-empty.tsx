import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { PasteLink } from '../lists/paste-link.tsx'
import { useWords } from '../messages/messages.tsx'
import { useMay, useSchool, useTrpc } from '../school.tsx'
import { Empty } from '../ui/empty.tsx'
import { useCourses, useDepartments } from './class-choices.ts'
import { classListWords } from './class-words.ts'
import type { ClassesSearch } from './classes-search.ts'
import { allTerms, isNarrowed, noFilters } from './classes-search.ts'

interface ClassesEmptyProps {
  search: ClassesSearch
  /** The term the list is narrowed to; empty when it shows all. */
  term: string
  onChange(change: Partial<ClassesSearch>): void
}

function NoneYet() {
  const words = useWords(classListWords)
  const { role } = useSchool()
  const mayWrite = useMay('class.write')
  if (role === 'instructor') return <Empty title={words.noneForInstructor} hint={words.noneForInstructorHint} />
  return (
    <Empty
      title={words.noneYet}
      hint={mayWrite ? words.noneYetHint : words.noneForViewerHint}
      command={mayWrite ? words.importCommand : undefined}
    >
      {mayWrite && <PasteLink path="classes" />}
    </Empty>
  )
}

/** Each filter that is set, in words. */
export function useFilterWords({ search, term }: Omit<ClassesEmptyProps, 'onChange'>): string[] {
  const { filterWords: words, attentions } = useWords(classListWords)
  const { q, department, course, attention, archived } = search
  const departmentName = useDepartments(Boolean(department)).find(({ id }) => id === department)?.name
  const courseTitle = useCourses(Boolean(course)).find(({ id }) => id === course)?.title
  return [
    q && words.search(q),
    term,
    departmentName && words.department(departmentName),
    courseTitle && words.course(courseTitle),
    attention && attentions[attention],
    archived && words.archived,
  ].flatMap((word) => word || [])
}

/** Why the list is empty, the term it is narrowed to included, and the way out. */
export function ClassesEmpty(props: ClassesEmptyProps) {
  const { search, term, onChange } = props
  const words = useWords(classListWords)
  const trpc = useTrpc()
  const filters = useFilterWords(props)
  const isNarrow = isNarrowed(search)
  const { data: inAll, isPending } = useQuery(
    trpc.classes.count.queryOptions({}, { enabled: !isNarrow && Boolean(term) }),
  )
  if (!isNarrow && (!term || inAll === 0)) return <NoneYet />
  if (!isNarrow && isPending) return null
  const showAll = term && (
    <Button variant="default" onClick={() => onChange({ term: allTerms })}>
      {words.showAllTerms}
    </Button>
  )
  const { attention, ...others } = search
  const inOrder = attention && !isNarrowed(others) && words.inOrder[attention]
  const reason = inOrder
    ? { title: inOrder, hint: term ? words.inOrderTerm(term) : words.inOrderHint }
    : { title: words.noMatch, hint: words.noMatchHint, facts: filters }
  if (!isNarrow)
    return (
      <Empty title={words.noneInTerm(term)} hint={words.noneInTermHint}>
        {showAll}
      </Empty>
    )
  return (
    <Empty {...reason}>
      {showAll}
      <Button variant="default" onClick={() => onChange(noFilters)}>
        {words.clear}
      </Button>
    </Empty>
  )
}
