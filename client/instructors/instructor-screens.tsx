import { employments, instructorStatuses } from '../../db/values.ts'
import { ClassLinks } from '../classes/class-links.tsx'
import { departmentKind, useDepartmentChoices } from '../departments/department-kind.ts'
import type { ListColumn } from '../lists/list-columns.ts'
import { TimetableSection } from '../meetings/timetable-section.tsx'
import type { Words as AllWords } from '../messages/catalog.ts'
import { useFormats, useWords } from '../messages/messages.tsx'
import { listName, nameInFile } from '../people.ts'
import type { Change } from '../records/many/change.ts'
import { PersonName } from '../records/person-name.tsx'
import { RecordFrame } from '../records/record-frame.tsx'
import { RecordLink } from '../records/record-link.tsx'
import { RecordsList } from '../records/records-list.tsx'
import { EmailLink } from '../ui/email-link.tsx'
import { Status } from '../ui/status.tsx'
import type { Instructor, InstructorRow } from './instructor-kind.ts'
import { instructorKind, instructorWords } from './instructor-kind.ts'

type Words = AllWords['instructors']

const State = ({ status, words }: Pick<InstructorRow, 'status'> & { words: Words }) => (
  <Status tone={status === 'active' ? 'ok' : 'off'}>{words.statuses[status]}</Status>
)

export function useColumns(): ListColumn<InstructorRow>[] {
  const words = useWords(instructorWords)
  const { number } = useFormats()
  const { columns: heads, employment } = words
  return [
    {
      id: 'name',
      header: heads.name,
      width: 280,
      sortBy: listName,
      file: nameInFile,
      cell: (row) => <PersonName person={row} />,
    },
    {
      id: 'status',
      header: heads.status,
      width: 108,
      sortBy: ({ status }) => words.statuses[status],
      cell: ({ status }) => <State status={status} words={words} />,
    },
    {
      id: 'classes',
      header: heads.classes,
      width: 90,
      sortBy: ({ classes }) => classes,
      cell: ({ classes }) => number(classes),
    },
    {
      id: 'department',
      header: heads.department,
      width: 200,
      from: 640,
      sortBy: ({ departmentName }) => departmentName,
    },
    {
      id: 'employment',
      header: heads.employment,
      width: 120,
      from: 860,
      sortBy: (row) => row.employment && employment[row.employment],
    },
    { id: 'email', header: heads.email, from: 1000, sortBy: ({ email }) => email },
    {
      id: 'middle',
      header: words.fields.middleName,
      width: 140,
      isExtra: true,
      sortBy: ({ middleName }) => middleName,
    },
    {
      id: 'preferred',
      header: words.fields.preferredName,
      width: 140,
      isExtra: true,
      sortBy: ({ preferredName }) => preferredName,
    },
  ]
}

const textOf = ({ givenName, middleName, familyName, preferredName, email, departmentName }: InstructorRow): string =>
  [givenName, middleName, familyName, preferredName, email, departmentName].filter(Boolean).join(' ')

function useInstructorChanges(): Change[] {
  const { statuses, employment, noEmployment, noDepartment, many } = useWords(instructorWords)
  const departments = useDepartmentChoices()
  return [
    {
      field: 'status',
      label: many.set.status,
      choices: instructorStatuses.map((value) => ({ value, label: statuses[value] })),
    },
    {
      field: 'employment',
      label: many.set.employment,
      choices: employments.map((value) => ({ value, label: employment[value] })),
      none: noEmployment,
    },
    { field: 'departmentId', label: many.set.departmentId, choices: departments, none: noDepartment },
  ]
}

export function ListPage() {
  const words = useWords(instructorWords)
  return (
    <RecordsList
      kind={instructorKind}
      useChanges={useInstructorChanges}
      columns={useColumns()}
      textOf={textOf}
      under={({ status, classes, departmentName }) => (
        <>
          <State status={status} words={words} />
          <span>{words.classes(classes)}</span>
          <span>{departmentName}</span>
        </>
      )}
    />
  )
}

const factsOf = (instructor: Instructor, words: Words) => ({
  status: <State status={instructor.status} words={words} />,
  givenName: null,
  familyName: null,
  middleName: null,
  preferredName: instructor.preferredName,
  email: instructor.email && <EmailLink email={instructor.email} />,
  employment: instructor.employment && words.employment[instructor.employment],
  departmentId: instructor.departmentId && (
    <RecordLink kind={departmentKind} id={instructor.departmentId} permission="department.read">
      {instructor.departmentName}
    </RecordLink>
  ),
})

export function RecordPage() {
  const words = useWords(instructorWords)
  return (
    <RecordFrame kind={instructorKind} facts={(instructor) => factsOf(instructor, words)}>
      {({ id }) => (
        <>
          <TimetableSection of="instructor" id={id} />
          <ClassLinks filter={{ instructorId: id }} none={words.noClasses} />
        </>
      )}
    </RecordFrame>
  )
}
