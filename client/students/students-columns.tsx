import { Link, useNavigate } from '@tanstack/react-router'
import type { ListColumn } from '../lists/list-columns.ts'
import { gradeCode } from '../messages/grade-name.ts'
import { useFormats, useWords } from '../messages/messages.tsx'
import { listName } from '../people.ts'
import { useMay, useSchool } from '../school.tsx'
import { Status } from '../ui/status.tsx'
import type { RowLinkProps } from '../ui/use-row-keys.ts'
import type { Column } from '../ui/virtual-table.tsx'
import type { StudentRow } from './student-queries.ts'
import { studentListWords, studentWords } from './student-words.ts'
import { usePrograms } from './students-filters.tsx'
import type { StudentSort, StudentsSearch } from './students-search.ts'

type StudentColumn = Omit<ListColumn<StudentRow>, 'cell'> & Column<StudentRow>

/** Opening a record is a step that Back undoes; going from one to the next is not. */
export function StudentLink({ row, link }: { row: StudentRow; link: RowLinkProps }) {
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
  const student = useWords(studentWords)
  return <Status tone={status === 'active' ? 'ok' : 'off'}>{student.status[status]}</Status>
}

function useSorting(search: StudentsSearch) {
  const { slug } = useSchool()
  const navigate = useNavigate()
  const current = search.sort ?? 'name'
  return (by: StudentSort): NonNullable<Column<StudentRow>['sort']> => ({
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

/** All the columns that this person can have in the list, the name first. */
export function useStudentColumns(search: StudentsSearch): StudentColumn[] {
  const students = useWords(studentListWords)
  const student = useWords(studentWords)
  const { columns, columnsMore } = students
  const formats = useFormats()
  const programs = usePrograms()
  const sort = useSorting(search)
  const isPrivate = useMay('student.readPrivate')
  /** A column whose cells are their text. */
  const plain = (
    id: string,
    header: string,
    text: (row: StudentRow) => string | null | undefined,
    more: Partial<StudentColumn>,
  ): StudentColumn => ({ id, header, cell: text, text: (row) => text(row) ?? '', ...more })
  const programOf = ({ programId }: StudentRow) => programs.find(({ id }) => id === programId)?.name
  const marksOf = (row: StudentRow) =>
    (['isInternational', 'isCoop'] as const).flatMap((mark) => (row[mark] ? student.marks[mark] : [])).join(', ')
  const dimNumber = { cell: ({ number }: StudentRow) => <span className="dim">{number}</span> }
  const all: (StudentColumn | false)[] = [
    plain('name', columns.name, listName, {
      width: 280,
      sort: sort('name'),
      cell: (row, link) => <StudentLink row={row} link={link} />,
    }),
    plain('number', columns.number, ({ number }) => number, {
      ...dimNumber,
      width: 116,
      sort: sort('number'),
    }),
    plain('grade', columns.grade, ({ gradeLevel }) => gradeCode(gradeLevel), {
      width: 76,
      sort: sort('grade'),
    }),
    plain('status', columns.status, ({ status }) => student.status[status], {
      width: 108,
      cell: ({ status }) => <StudentState status={status} />,
    }),
    isPrivate &&
      plain('born', columns.born, ({ birthDate }) => birthDate && formats.date(birthDate), {
        width: 116,
        from: 640,
        file: ({ birthDate }) => birthDate ?? '',
      }),
    plain('email', columns.email, ({ email }) => email, { width: 260, from: 900 }),
    plain('preferred', columnsMore.preferred, ({ preferredName }) => preferredName, { width: 140, isExtra: true }),
    programs.length > 0 && plain('program', columnsMore.program, programOf, { width: 180, isExtra: true }),
    plain('marks', columnsMore.marks, marksOf, { width: 160, isExtra: true }),
  ]
  return all.filter((column) => column !== false)
}
