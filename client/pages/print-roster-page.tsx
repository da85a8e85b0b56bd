import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { isInClass } from '../enrollments/enrollment-place.ts'
import { paperWords } from '../lists/list-words.ts'
import { Paper } from '../lists/paper.tsx'
import { useWords } from '../messages/messages.tsx'
import { instructorNames, listName } from '../people.ts'
import { useSchool, useToday, useTrpc } from '../school.tsx'
import { studentListWords } from '../students/student-words.ts'
import { useGrades } from '../students/use-grades.ts'
import type { Outputs } from '../trpc.ts'
import { Empty } from '../ui/empty.tsx'
import { NotRead } from '../ui/not-read.tsx'
import { BackLabel, Waiting } from '../ui/page.tsx'
import { readRosterSearch, rosterColumns } from './roster-search.ts'

const route = getRouteApi('/$school/classes/$id/print')
type SchoolClass = Outputs['classes']['get']

function EmptyColumns() {
  const words = useWords(paperWords)
  const { columns = 0 } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <NativeSelect
      size="xs"
      aria-label={words.empty}
      data={rosterColumns.map((count) => ({ value: String(count), label: words.emptyColumns(count) }))}
      value={String(columns)}
      onChange={(event) =>
        void navigate({ search: readRosterSearch({ columns: event.currentTarget.value }), replace: true })
      }
    />
  )
}

function Roster({ roster, title }: { roster: SchoolClass['roster']; title: string }) {
  const words = useWords(paperWords)
  const { columns } = useWords(studentListWords)
  const grades = useGrades()
  const { columns: count = 0 } = route.useSearch()
  const marks = Array.from({ length: count }, (_, column) => column + 1).map((column) => (
    <td key={column} className="paper-mark" />
  ))
  return (
    <table className={count ? 'paper-table has-marks' : 'paper-table'} aria-label={`${title}, ${words.allRows}`}>
      <thead>
        <tr>
          <th scope="col" className="paper-number">
            {words.position}
          </th>
          <th scope="col">{columns.name}</th>
          <th scope="col">{columns.number}</th>
          <th scope="col">{columns.grade}</th>
          {marks}
        </tr>
      </thead>
      <tbody>
        {roster.map((one, index) => (
          <tr key={one.id}>
            <td className="paper-number">{index + 1}</td>
            <td className="paper-name">{listName(one)}</td>
            <td>{one.number}</td>
            <td>{grades.short(one.gradeLevel)}</td>
            {marks}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function ClassPaper({ of }: { of: SchoolClass }) {
  const words = useWords(paperWords)
  const { slug } = useSchool()
  const today = useToday()
  const roster = of.roster.filter((one) => isInClass(one, today))
  return (
    <Paper
      title={of.title}
      term={of.terms.map(({ title }) => title).join(', ') || undefined}
      facts={[of.code, instructorNames(of.instructors), of.roomName, words.students(roster.length)]}
      back={
        <Link to="/$school/classes/$id" params={{ school: slug, id: of.id }} className="back">
          <BackLabel>{words.toClass}</BackLabel>
        </Link>
      }
      actions={<EmptyColumns />}
      isReady={roster.length > 0}
    >
      {roster.length ? <Roster roster={roster} title={of.title} /> : <Empty inPage title={words.noStudents} />}
    </Paper>
  )
}

export function PrintRosterPage() {
  const { id } = route.useParams()
  const { data, error } = useQuery(useTrpc().classes.get.queryOptions({ id }))
  if (data) return <ClassPaper of={data} />
  return <div className="page">{error ? <NotRead isPage error={error} /> : <Waiting />}</div>
}
