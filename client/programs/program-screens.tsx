import { programTypes } from '../../db/values.ts'
import { departmentKind, useDepartmentChoices } from '../departments/department-kind.ts'
import type { ListColumn } from '../lists/list-columns.ts'
import { useFormats, useWords } from '../messages/messages.tsx'
import type { Change } from '../records/many/change.ts'
import { RecordFrame } from '../records/record-frame.tsx'
import { RecordLink } from '../records/record-link.tsx'
import { RecordsList } from '../records/records-list.tsx'
import { useSchool } from '../school.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { Section } from '../ui/page.tsx'
import type { Program, ProgramRow } from './program-kind.ts'
import { programKind, programWords } from './program-kind.ts'

export function useColumns(): ListColumn<ProgramRow>[] {
  const words = useWords(programWords)
  const { number } = useFormats()
  return [
    { id: 'name', header: words.columns.name, width: 320, sortBy: ({ name }) => name },
    {
      id: 'type',
      header: words.columns.type,
      width: 120,
      sortBy: ({ type }) => words.types[type],
    },
    {
      id: 'students',
      header: words.columns.students,
      width: 110,
      sortBy: ({ students }) => students,
      cell: ({ students }) => students !== undefined && number(students),
    },
    {
      id: 'department',
      header: words.columns.department,
      from: 640,
      sortBy: ({ departmentName }) => departmentName,
    },
  ]
}

function useProgramChanges(): Change[] {
  const words = useWords(programWords)
  const departments = useDepartmentChoices()
  return [
    {
      field: 'type',
      label: words.many.set.type,
      choices: programTypes.map((value) => ({ value, label: words.types[value] })),
    },
    { field: 'departmentId', label: words.many.set.departmentId, choices: departments, none: words.noDepartment },
  ]
}

export function ListPage() {
  const words = useWords(programWords)
  return (
    <RecordsList
      kind={programKind}
      useChanges={useProgramChanges}
      columns={useColumns()}
      textOf={({ name, departmentName }) => `${name} ${departmentName ?? ''}`}
      under={({ type, departmentName }) => (
        <>
          <span>{words.types[type]}</span>
          <span>{departmentName}</span>
        </>
      )}
    />
  )
}

function Students({ program: { id, students } }: { program: Program }) {
  const words = useWords(programWords)
  const { slug } = useSchool()
  return (
    <Section title={words.columns.students}>
      {students ? (
        <LinkButton variant="default" to="/$school/students" params={{ school: slug }} search={{ program: id }}>
          {words.showStudents(students)}
        </LinkButton>
      ) : (
        <p className="dim">{words.noStudents}</p>
      )}
    </Section>
  )
}

export function RecordPage() {
  const words = useWords(programWords)
  return (
    <RecordFrame
      kind={programKind}
      facts={({ type, departmentId, departmentName }) => ({
        name: null,
        type: words.types[type],
        departmentId: departmentId && (
          <RecordLink kind={departmentKind} id={departmentId} permission="department.read">
            {departmentName}
          </RecordLink>
        ),
      })}
    >
      {(program) => program.students !== undefined && <Students program={program} />}
    </RecordFrame>
  )
}
