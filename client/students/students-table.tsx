import { shownColumns } from '../lists/list-columns.ts'
import { gradeName } from '../messages/grade-name.ts'
import { useWords } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import type { RowLinkProps } from '../ui/use-row-keys.ts'
import type { VirtualTableProps } from '../ui/virtual-table.tsx'
import { VirtualTable } from '../ui/virtual-table.tsx'
import type { StudentRow, useStudentList } from './student-queries.ts'
import { studentListWords, studentWords } from './student-words.ts'
import { StudentLink, StudentState, useStudentColumns } from './students-columns.tsx'
import type { StudentsSearch } from './students-search.ts'

function NarrowRow({ row, link }: { row: StudentRow; link: RowLinkProps }) {
  const student = useWords(studentWords)
  return (
    <>
      <StudentLink row={row} link={link} />
      <span className="under">
        {row.number && <span>{row.number}</span>}
        {row.gradeLevel && <span>{gradeName(row.gradeLevel, student)}</span>}
        <StudentState status={row.status} />
      </span>
    </>
  )
}

interface StudentsTableProps extends Pick<ReturnType<typeof useStudentList>, 'list' | 'count' | 'rows'> {
  search: StudentsSearch
  choosing: Pick<VirtualTableProps<StudentRow>, 'choice' | 'onHold'>
}

export function StudentsTable(props: StudentsTableProps) {
  const { list, count, rows, search, choosing } = props
  const students = useWords(studentListWords)
  const { slug } = useSchool()
  const isNarrow = useIsNarrow()
  const columns = useStudentColumns(search)
  const { student, ...shown } = search
  return (
    <VirtualTable
      label={students.table}
      columns={shownColumns(columns, search.cols)}
      rows={rows}
      total={count.isPlaceholderData ? undefined : count.data}
      hasMore={list.hasNextPage}
      isBusy={list.isFetching}
      keyOf={({ id }) => id}
      chosen={student}
      narrow={isNarrow ? (row, link) => <NarrowRow row={row} link={link} /> : undefined}
      onNearEnd={list.fetchNextPage}
      scrollKey={`${slug} students ${JSON.stringify(shown)}`}
      {...choosing}
    />
  )
}
