import { Link, useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Messages } from '../messages/en.ts'
import type { Formats } from '../messages/formats.ts'
import { useFormats, useMessages } from '../messages/messages.tsx'
import { useMay, useSchool } from '../school.tsx'
import { Status } from '../ui/status.tsx'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import type { RowLinkProps } from '../ui/use-row-keys.ts'
import type { Column } from '../ui/virtual-table.tsx'
import { VirtualTable } from '../ui/virtual-table.tsx'
import { gradeCode, gradeName } from './grade-name.ts'
import { listName } from './student-name.ts'
import type { StudentRow, useStudentList } from './student-queries.ts'
import type { StudentSort, StudentsSearch } from './students-search.ts'

/** Opening a record is a step that Back undoes; going from one to the next is not. */
function StudentLink({ row, link }: { row: StudentRow; link: RowLinkProps }) {
  const { slug } = useSchool()
  const isOtherOpen = new URLSearchParams(location.search).has('student')
  const preferred = row.preferredName && row.preferredName !== row.givenName && row.preferredName
  return (
    <Link
      {...link}
      className="row-link"
      to="/$school/students"
      params={{ school: slug }}
      search={(before: StudentsSearch) => ({ ...before, student: row.id })}
      replace={isOtherOpen}
      state={(before) => ({ wasOpenedHere: isOtherOpen ? Boolean(before.wasOpenedHere) : true })}
      resetScroll={false}
      preload={false}
      title={listName(row)}
    >
      {listName(row)}
      {preferred && <span className="second">{preferred}</span>}
    </Link>
  )
}

export const StudentState = ({ status }: Pick<StudentRow, 'status'>) => {
  const { student } = useMessages()
  return <Status tone={status === 'active' ? 'ok' : 'off'}>{student.status[status]}</Status>
}

function NarrowRow({ row, link }: { row: StudentRow; link: RowLinkProps }) {
  const messages = useMessages()
  return (
    <>
      <StudentLink row={row} link={link} />
      <span className="under">
        {row.number && <span>{row.number}</span>}
        {row.gradeLevel && <span>{gradeName(row.gradeLevel, messages)}</span>}
        <StudentState status={row.status} />
      </span>
    </>
  )
}

type Sorting = (by: StudentSort) => NonNullable<Column<StudentRow>['sort']>

function columnsFor({ students }: Messages, formats: Formats, sort: Sorting, isPrivate: boolean): Column<StudentRow>[] {
  const { columns } = students
  const born: Column<StudentRow> = {
    id: 'born',
    header: columns.born,
    width: 116,
    from: 640,
    cell: ({ birthDate }) => birthDate && formats.date(birthDate),
  }
  return [
    {
      id: 'name',
      header: columns.name,
      width: 280,
      sort: sort('name'),
      cell: (row, link) => <StudentLink row={row} link={link} />,
    },
    {
      id: 'number',
      header: columns.number,
      width: 116,
      sort: sort('number'),
      cell: ({ number }) => <span className="dim">{number}</span>,
    },
    {
      id: 'grade',
      header: columns.grade,
      width: 76,
      sort: sort('grade'),
      cell: ({ gradeLevel }) => gradeCode(gradeLevel),
    },
    { id: 'status', header: columns.status, width: 108, cell: ({ status }) => <StudentState status={status} /> },
    ...(isPrivate ? [born] : []),
    { id: 'email', header: columns.email, from: 900, cell: ({ email }) => email },
  ]
}

function useSorting(search: StudentsSearch): Sorting {
  const { slug } = useSchool()
  const navigate = useNavigate()
  const current = search.sort ?? 'name'
  return (by) => ({
    direction: by === current ? (search.order === 'desc' ? 'descending' : 'ascending') : undefined,
    toggle: () =>
      void navigate({
        to: '/$school/students',
        params: { school: slug },
        replace: true,
        search: {
          ...search,
          sort: by === 'name' ? undefined : by,
          order: by === current && search.order !== 'desc' ? 'desc' : undefined,
        },
      }),
  })
}

interface StudentsTableProps extends ReturnType<typeof useStudentList> {
  search: StudentsSearch
}

export function StudentsTable({ list, count, search }: StudentsTableProps) {
  const messages = useMessages()
  const formats = useFormats()
  const { slug } = useSchool()
  const isPrivate = useMay('student.readPrivate')
  const isNarrow = useIsNarrow()
  const sorting = useSorting(search)
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data])
  const { student, ...shown } = search
  return (
    <VirtualTable
      label={messages.students.table}
      columns={columnsFor(messages, formats, sorting, isPrivate)}
      rows={rows}
      total={count.isPlaceholderData ? undefined : count.data}
      hasMore={list.hasNextPage}
      isBusy={list.isFetching}
      keyOf={({ id }) => id}
      chosen={student}
      narrow={isNarrow ? (row, link) => <NarrowRow row={row} link={link} /> : undefined}
      onNearEnd={list.fetchNextPage}
      scrollKey={`${slug} students ${JSON.stringify(shown)}`}
    />
  )
}
