import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { EnrollmentState } from '../classes/enrollment-state.tsx'
import { sentenceOf } from '../errors.ts'
import { useFormats, useMessages } from '../messages/messages.tsx'
import { useSchool, useTrpc } from '../school.tsx'
import type { Outputs } from '../trpc.ts'
import { Empty } from '../ui/empty.tsx'
import { Waiting } from '../ui/page.tsx'
import type { PageColumn } from '../ui/page-table.tsx'
import { PageTable } from '../ui/page-table.tsx'
import { useIsNarrow } from '../ui/use-is-narrow.ts'

type Enrollment = Outputs['enrollments']['list'][number]

const ClassLink = ({ enrollment, className }: { enrollment: Enrollment; className?: string }) => {
  const { slug } = useSchool()
  return (
    <Link to="/$school/classes/$id" params={{ school: slug, id: enrollment.classId }} {...(className && { className })}>
      {enrollment.classTitle}
    </Link>
  )
}

const BriefClasses = ({ enrollments }: { enrollments: readonly Enrollment[] }) => (
  <ul className="brief-classes">
    {enrollments.map((enrollment) => (
      <li key={enrollment.id}>
        <ClassLink enrollment={enrollment} />
        <EnrollmentState status={enrollment.status} />
      </li>
    ))}
  </ul>
)

function ClassesTable({ enrollments }: { enrollments: readonly Enrollment[] }) {
  const { student, classes, students } = useMessages()
  const formats = useFormats()
  const day = (civil: string | null) => civil && formats.date(civil)
  const columns: PageColumn<Enrollment>[] = [
    {
      header: student.class,
      cell: (enrollment) => <ClassLink enrollment={enrollment} className="row-link" />,
    },
    { header: classes.columns.code, width: 116, isDim: true, isRoomy: true, cell: ({ classCode }) => classCode },
    { header: students.columns.status, width: 112, cell: ({ status }) => <EnrollmentState status={status} /> },
    { header: student.from, width: 108, isRoomy: true, cell: ({ beginDate }) => day(beginDate) },
    { header: student.until, width: 108, isRoomy: true, cell: ({ endDate }) => day(endDate) },
    { header: student.result, width: 72, isRoomy: true, cell: ({ grade }) => grade },
  ]
  return <PageTable label={student.classes} columns={columns} rows={enrollments} />
}

/** The classes a student is in, or was. */
export function StudentClasses({ studentId, isBrief = false }: { studentId: string; isBrief?: boolean }) {
  const messages = useMessages()
  const trpc = useTrpc()
  const isNarrow = useIsNarrow()
  const { data, error } = useQuery(trpc.enrollments.list.queryOptions({ studentId }))
  if (error && !data) return <p className="dim">{sentenceOf(error, messages)}</p>
  if (!data) return <Waiting label={messages.loading} lines={3} />
  if (!data.length) return <Empty inPage title={messages.student.noClasses} hint={messages.student.noClassesHint} />
  return isBrief || isNarrow ? <BriefClasses enrollments={data} /> : <ClassesTable enrollments={data} />
}
