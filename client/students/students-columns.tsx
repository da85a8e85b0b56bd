import { addressKinds } from '../../db/values.ts'
import type { StudentFieldName } from '../../server/students/input.ts'
import type { ListColumn } from '../lists/list-columns.ts'
import type { Words } from '../messages/catalog.ts'
import { useFormats, useWords } from '../messages/messages.tsx'
import { fullName, listName, nameInFile } from '../people.ts'
import { PersonName } from '../records/person-name.tsx'
import { useMay } from '../school.tsx'
import { Status } from '../ui/status.tsx'
import { addressLines } from './address-lines.ts'
import { filedGuardians } from './filed-guardians.ts'
import type { StudentRow } from './student-queries.ts'
import { studentListWords, studentWords } from './student-words.ts'
import { usePrograms } from './students-filters.tsx'
import { useGrades } from './use-grades.ts'

export const StudentState = ({ status }: Pick<StudentRow, 'status'>) => {
  const student = useWords(studentWords)
  return <Status tone={status === 'active' ? 'ok' : 'off'}>{student.status[status]}</Status>
}

const text = (id: string, header: string, width: number, textOf: (row: StudentRow) => string | null | undefined) => ({
  ...{ id, header, width },
  isExtra: true,
  text: textOf,
})

const addressColumns = (student: Words['student']): ListColumn<StudentRow>[] =>
  addressKinds.flatMap((kind) =>
    addressLines.map((line) =>
      text(
        `${kind}-${line}`,
        student.addressColumn(kind, line),
        160,
        ({ addresses }) => addresses?.find((one) => one.kind === kind)?.[line],
      ),
    ),
  )

/** Each field in the list, in a file and on paper. Empty if another field's column says it, or this person may not see it. */
type Columns = Record<StudentFieldName | 'addresses' | 'guardians', readonly ListColumn<StudentRow>[]>

function useUsualColumns() {
  const { columns } = useWords(studentListWords)
  const student = useWords(studentWords)
  const formats = useFormats()
  const grades = useGrades()
  const isPrivate = useMay('student.readPrivate')
  const born: ListColumn<StudentRow> = {
    ...{ id: 'born', header: columns.born, width: 116, from: 640 },
    text: ({ birthDate }) => birthDate && formats.date(birthDate),
    file: ({ birthDate }) => birthDate ?? '',
  }
  return {
    familyName: [
      {
        ...{ id: 'name', header: columns.name, width: 280 },
        sortBy: listName,
        file: nameInFile,
        cell: (row) => <PersonName person={row} />,
      },
    ],
    givenName: [],
    number: [
      {
        ...{ id: 'number', header: columns.number, width: 116 },
        sortBy: ({ number }) => number,
        cell: ({ number }) => <span className="dim">{number}</span>,
      },
    ],
    gradeLevel: [
      { id: 'grade', header: columns.grade, width: 76, sortBy: ({ gradeLevel }) => grades.short(gradeLevel) },
    ],
    status: [
      {
        ...{ id: 'status', header: columns.status, width: 108 },
        text: ({ status }) => student.status[status],
        cell: ({ status }) => <StudentState status={status} />,
      },
    ],
    birthDate: isPrivate ? [born] : [],
    entryDate: [
      {
        ...{ id: 'entry', header: student.fields.entryDate, width: 116, isExtra: true },
        text: ({ entryDate }) => entryDate && formats.date(entryDate),
        file: ({ entryDate }) => entryDate ?? '',
      },
    ],
    email: [{ id: 'email', header: columns.email, width: 260, from: 900, text: ({ email }) => email }],
  } satisfies Partial<Columns>
}

type Guardian = NonNullable<StudentRow['guardians']>[number]

/** In a file, name, relation, phone and email of each; nobody who may have no contact. */
function useGuardianColumn(): ListColumn<StudentRow>[] {
  const { columnsMore, guardianColumns: heads, relations } = useWords(studentListWords)
  if (!useMay('guardian.read')) return []
  const called = ({ guardians = [] }: StudentRow) => guardians.filter(({ isBarred }) => !isBarred)
  const filed = filedGuardians.map((place) => {
    const column = (header: string, textOf: (guardian: Guardian) => string | null) => ({
      header,
      text: (row: StudentRow) =>
        called(row)
          .slice(place - 1, place)
          .map(textOf)[0],
    })
    return [
      column(heads.name(place), nameInFile),
      column(heads.relation(place), ({ relation }) => relations[relation]),
      column(heads.phone(place), ({ phone, otherPhone }) => phone ?? otherPhone),
      column(heads.email(place), ({ email }) => email),
    ]
  })
  const shown = (row: StudentRow) =>
    called(row)
      .map((one) => [fullName(one), one.phone ?? one.otherPhone].filter(Boolean).join(' '))
      .join(', ')
  return [{ ...text('guardians', columnsMore.guardians, 320, shown), filed: filed.flat() }]
}

/** All the columns that this person can have in the list, the name first. */
export function useStudentColumns(): ListColumn<StudentRow>[] {
  const { columnsMore } = useWords(studentListWords)
  const student = useWords(studentWords)
  const programs = usePrograms()
  const isPrivate = useMay('student.readPrivate')
  const program = ({ programId }: StudentRow) => programs.find(({ id }) => id === programId)?.name
  const marks = (row: StudentRow) =>
    (['isInternational', 'isCoop'] as const).flatMap((mark) => (row[mark] ? student.marks[mark] : [])).join(', ')
  const columns: Columns = {
    ...useUsualColumns(),
    middleName: [text('middle', student.fields.middleName, 140, ({ middleName }) => middleName)],
    preferredName: [text('preferred', columnsMore.preferred, 140, ({ preferredName }) => preferredName)],
    sex: isPrivate ? [text('sex', student.fields.sex, 110, ({ sex }) => sex && student.sexes[sex])] : [],
    homeLanguage: [text('language', student.fields.homeLanguage, 150, ({ homeLanguage }) => homeLanguage)],
    previousSchool: isPrivate
      ? [text('previousSchool', student.fields.previousSchool, 200, ({ previousSchool }) => previousSchool)]
      : [],
    // No list, file or sheet of paper has it.
    medicalNote: [],
    programId: programs.length ? [text('program', columnsMore.program, 180, program)] : [],
    isInternational: [text('marks', columnsMore.marks, 160, marks)],
    isCoop: [],
    guardians: useGuardianColumn(),
    addresses: isPrivate ? addressColumns(student) : [],
  }
  return Object.values(columns).flat()
}
