import { useQuery } from '@tanstack/react-query'
import type { ListColumn } from '../lists/list-columns.ts'
import { useFormats, useWords } from '../messages/messages.tsx'
import { listName } from '../people.ts'
import { LinkedRecords } from '../records/linked-records.tsx'
import { RecordFrame } from '../records/record-frame.tsx'
import { RecordsList } from '../records/records-list.tsx'
import { useTrpc } from '../school.tsx'
import type { Department, DepartmentRow } from './department-kind.ts'
import { departmentKind, departmentWords } from './department-kind.ts'

export function useColumns(): ListColumn<DepartmentRow>[] {
  const words = useWords(departmentWords)
  const { number } = useFormats()
  const counted = (id: 'programs' | 'courses' | 'instructors', width?: number): ListColumn<DepartmentRow> => ({
    id,
    header: words.columns[id],
    ...(width && { width }),
    sortBy: (row) => row[id],
    cell: (row) => number(row[id]),
  })
  return [
    { id: 'name', header: words.columns.name, width: 320, sortBy: ({ name }) => name },
    counted('programs', 110),
    counted('courses', 110),
    counted('instructors'),
  ]
}

export function ListPage() {
  const words = useWords(departmentWords)
  return (
    <RecordsList
      kind={departmentKind}
      columns={useColumns()}
      textOf={({ name }) => name}
      under={({ courses, instructors }) => <span>{words.holds(courses, instructors)}</span>}
    />
  )
}

const named = ({ id, name }: { id: string; name: string }) => ({ id, name })

/** What belongs to the department, out of lists that come whole. */
function Belonging({ department: { id } }: { department: Department }) {
  const words = useWords(departmentWords)
  const trpc = useTrpc()
  const programs = useQuery(trpc.programs.list.queryOptions({}))
  const courses = useQuery(trpc.courses.list.queryOptions({}))
  const instructors = useQuery(trpc.instructors.list.queryOptions({}))
  const own = <Row extends { departmentId: string | null }>(rows: readonly Row[] = []) =>
    rows.filter(({ departmentId }) => departmentId === id)
  return (
    <>
      {programs.data && (
        <LinkedRecords
          title={words.programs}
          path="programs"
          rows={own(programs.data).map(named)}
          none={words.noPrograms}
        />
      )}
      {courses.data && (
        <LinkedRecords
          title={words.courses}
          path="courses"
          rows={own(courses.data).map((course) => ({ id: course.id, name: course.title, second: course.code }))}
          none={words.noCourses}
        />
      )}
      {instructors.data && (
        <LinkedRecords
          title={words.instructors}
          path="instructors"
          rows={own(instructors.data).map((one) => ({ id: one.id, name: listName(one) }))}
          none={words.noInstructors}
        />
      )}
    </>
  )
}

export const RecordPage = () => (
  <RecordFrame kind={departmentKind} facts={() => ({ name: null })}>
    {(department) => <Belonging department={department} />}
  </RecordFrame>
)
