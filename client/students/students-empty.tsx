import { Button } from '@mantine/core'
import { sentenceOf } from '../errors.ts'
import { PasteLink } from '../lists/paste-link.tsx'
import { gradeName } from '../messages/grade-name.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { useMay, useSchool } from '../school.tsx'
import { Empty } from '../ui/empty.tsx'
import { studentListWords, studentWords } from './student-words.ts'
import { usePrograms } from './students-filters.tsx'
import type { StudentsSearch } from './students-search.ts'
import { filterCount, isFiltered, noFilters, noProgram } from './students-search.ts'

interface StudentsEmptyProps {
  search: StudentsSearch
  onChange(change: Partial<StudentsSearch>): void
  error?: unknown
}

/** Each filter that is set, in words. */
export function useFilterWords(search: StudentsSearch): string[] {
  const { filterWords } = useWords(studentListWords)
  const student = useWords(studentWords)
  const program = usePrograms().find(({ id }) => id === search.program)
  return [
    search.q && filterWords.search(search.q),
    search.grade && gradeName(search.grade, student),
    search.status && filterWords.statuses[search.status],
    search.program && (search.program === noProgram ? filterWords.noProgram : filterWords.program(program?.name ?? '')),
    search.archived && filterWords.archived,
  ].flatMap((word) => word || [])
}

function NoneYet() {
  const students = useWords(studentListWords)
  const { role } = useSchool()
  const mayWrite = useMay('student.write')
  if (role === 'instructor') return <Empty title={students.noneForInstructor} hint={students.noneForInstructorHint} />
  return (
    <Empty
      title={students.noneYet}
      hint={mayWrite ? students.noneYetHint : students.noneForViewerHint}
      command={mayWrite ? students.importCommand : undefined}
    >
      {mayWrite && <PasteLink path="students" />}
    </Empty>
  )
}

/** Why the list is empty, and the way out. */
export function StudentsEmpty({ search, onChange, error }: StudentsEmptyProps) {
  const messages = useMessages()
  const students = useWords(studentListWords)
  const filters = useFilterWords(search)
  if (error !== undefined) return <Empty title={students.failed} hint={sentenceOf(error, messages)} />
  if (search.archived && !search.q && filterCount(search) === 1)
    return (
      <Empty title={students.noneArchived} hint={students.noneArchivedHint}>
        <Button variant="default" onClick={() => onChange(noFilters)}>
          {students.toCurrent}
        </Button>
      </Empty>
    )
  if (!isFiltered(search)) return <NoneYet />
  return (
    <Empty title={students.noMatch} hint={students.noMatchHint} facts={filters}>
      <Button variant="default" onClick={() => onChange(noFilters)}>
        {students.clear}
      </Button>
    </Empty>
  )
}
