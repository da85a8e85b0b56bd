import { addressKinds } from '../../db/values.ts'
import type { ListColumn } from '../lists/list-columns.ts'
import type { Words } from '../messages/catalog.ts'
import { gradeCode } from '../messages/grade-name.ts'
import { useFormats, useWords } from '../messages/messages.tsx'
import { listName, nameInFile } from '../people.ts'
import { PersonName } from '../records/person-name.tsx'
import { useMay } from '../school.tsx'
import { Status } from '../ui/status.tsx'
import { addressLines } from './address-lines.ts'
import type { StudentRow } from './student-queries.ts'
import { studentListWords, studentWords } from './student-words.ts'
import { usePrograms } from './students-filters.tsx'

export const StudentState = ({ status }: Pick<StudentRow, 'status'>) => {
  const student = useWords(studentWords)
  return <Status tone={status === 'active' ? 'ok' : 'off'}>{student.status[status]}</Status>
}

const addressColumns = (student: Words['student']): ListColumn<StudentRow>[] =>
  addressKinds.flatMap((kind) =>
    addressLines.map((line) => ({
      id: `${kind}-${line}`,
      header: student.addressColumn(kind, line),
      width: 160,
      isExtra: true,
      text: ({ addresses }: StudentRow) => addresses?.find((one) => one.kind === kind)?.[line],
    })),
  )

/** All the columns that this person can have in the list, the name first. */
export function useStudentColumns(): ListColumn<StudentRow>[] {
  const { columns, columnsMore } = useWords(studentListWords)
  const student = useWords(studentWords)
  const formats = useFormats()
  const programs = usePrograms()
  const isPrivate = useMay('student.readPrivate')
  const marksOf = (row: StudentRow) =>
    (['isInternational', 'isCoop'] as const).flatMap((mark) => (row[mark] ? student.marks[mark] : [])).join(', ')
  const all: (ListColumn<StudentRow> | false)[] = [
    {
      id: 'name',
      header: columns.name,
      width: 280,
      sortBy: listName,
      file: nameInFile,
      cell: (row) => <PersonName person={row} />,
    },
    {
      id: 'number',
      header: columns.number,
      width: 116,
      sortBy: ({ number }) => number,
      cell: ({ number }) => <span className="dim">{number}</span>,
    },
    { id: 'grade', header: columns.grade, width: 76, sortBy: ({ gradeLevel }) => gradeCode(gradeLevel) },
    {
      id: 'status',
      header: columns.status,
      width: 108,
      text: ({ status }) => student.status[status],
      cell: ({ status }) => <StudentState status={status} />,
    },
    isPrivate && {
      id: 'born',
      header: columns.born,
      width: 116,
      from: 640,
      text: ({ birthDate }) => birthDate && formats.date(birthDate),
      file: ({ birthDate }) => birthDate ?? '',
    },
    { id: 'email', header: columns.email, width: 260, from: 900, text: ({ email }) => email },
    {
      id: 'middle',
      header: student.fields.middleName,
      width: 140,
      isExtra: true,
      text: ({ middleName }) => middleName,
    },
    {
      id: 'preferred',
      header: columnsMore.preferred,
      width: 140,
      isExtra: true,
      text: ({ preferredName }) => preferredName,
    },
    programs.length > 0 && {
      id: 'program',
      header: columnsMore.program,
      width: 180,
      isExtra: true,
      text: ({ programId }) => programs.find(({ id }) => id === programId)?.name,
    },
    { id: 'marks', header: columnsMore.marks, width: 160, isExtra: true, text: marksOf },
    ...(isPrivate ? addressColumns(student) : []),
  ]
  return all.filter((column) => column !== false)
}
