import { Link } from '@tanstack/react-router'
import { useFormats, useMessages } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'
import { gradeCode } from '../students/grade-name.ts'
import { listName } from '../students/student-name.ts'
import { Empty } from '../ui/empty.tsx'
import type { PageColumn } from '../ui/page-table.tsx'
import { PageTable } from '../ui/page-table.tsx'
import '../ui/table.css'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import type { SchoolClass } from './class-page.tsx'
import { EnrollmentState } from './enrollment-state.tsx'

type Enrolled = SchoolClass['roster'][number]

const StudentLink = ({ enrolled }: { enrolled: Enrolled }) => {
  const { slug } = useSchool()
  return (
    <Link to="/$school/students/$id" params={{ school: slug, id: enrolled.studentId }} className="row-link">
      {listName(enrolled)}
    </Link>
  )
}

const NarrowRoster = ({ roster }: { roster: readonly Enrolled[] }) => {
  const { class: words } = useMessages()
  return (
    <table className="table narrow" aria-label={words.rosterTable}>
      <tbody>
        {roster.map((enrolled) => (
          <tr key={enrolled.id}>
            <td>
              <StudentLink enrolled={enrolled} />
              <span className="under">
                {enrolled.number && <span>{enrolled.number}</span>}
                <EnrollmentState status={enrolled.status} />
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function WideRoster({ roster }: { roster: readonly Enrolled[] }) {
  const { class: words, students, student } = useMessages()
  const formats = useFormats()
  const day = (civil: string | null) => civil && formats.date(civil)
  const columns: PageColumn<Enrolled>[] = [
    { header: students.columns.name, cell: (enrolled) => <StudentLink enrolled={enrolled} /> },
    { header: students.columns.number, width: 120, isDim: true, cell: ({ number }) => number },
    { header: students.columns.grade, width: 76, cell: ({ gradeLevel }) => gradeCode(gradeLevel) },
    { header: students.columns.status, width: 116, cell: ({ status }) => <EnrollmentState status={status} /> },
    { header: student.from, width: 112, isRoomy: true, cell: ({ beginDate }) => day(beginDate) },
    { header: student.until, width: 112, isRoomy: true, cell: ({ endDate }) => day(endDate) },
  ]
  return <PageTable label={words.rosterTable} columns={columns} rows={roster} />
}

/** Who sits in the class, or did. Every name leads to the student. */
export function ClassRoster({ roster }: { roster: readonly Enrolled[] }) {
  const { class: words } = useMessages()
  const isNarrow = useIsNarrow()
  if (!roster.length) return <Empty inPage title={words.emptyRoster} hint={words.emptyRosterHint} />
  return isNarrow ? <NarrowRoster roster={roster} /> : <WideRoster roster={roster} />
}
