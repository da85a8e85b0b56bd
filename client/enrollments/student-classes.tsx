import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { classListWords } from '../classes/class-words.ts'
import { sentenceOf } from '../errors.ts'
import { useFormats, useMessages, useWords } from '../messages/messages.tsx'
import { part } from '../part.ts'
import { fullName } from '../people.ts'
import { useMay, useSchool, useToday, useTrpc } from '../school.tsx'
import type { Student } from '../students/student-queries.ts'
import { studentListWords, studentWords } from '../students/student-words.ts'
import type { Outputs } from '../trpc.ts'
import { Empty } from '../ui/empty.tsx'
import { Section, Waiting } from '../ui/page.tsx'
import type { PageColumn } from '../ui/page-table.tsx'
import { PageTable } from '../ui/page-table.tsx'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import { EnrollmentActions } from './enrollment-actions.tsx'
import './enrollments.css'
import { isInClass } from './enrollment-place.ts'
import { EnrollmentState } from './enrollment-state.tsx'
import { enrollmentWords } from './enrollment-words.ts'

const AddToClasses = lazy(part(() => import('./add-to-classes.tsx')))
type Enrollment = Outputs['enrollments']['list'][number]

const ClassLink = ({ enrollment, className }: { enrollment: Enrollment; className?: string }) => {
  const { slug } = useSchool()
  return (
    <Link to="/$school/classes/$id" params={{ school: slug, id: enrollment.classId }} {...(className && { className })}>
      {enrollment.classTitle}
    </Link>
  )
}

interface StudentClassesProps extends Pick<ClassesProps, 'name'> {
  studentId: string
  isBrief?: boolean
}
interface ClassesProps {
  enrollments: readonly Enrollment[]
  /** The student's name, for who may change where she is enrolled. */
  name?: string | undefined
}

const Actions = ({ enrollment, name }: { enrollment: Enrollment; name: string }) => (
  <EnrollmentActions place={{ enrollment, name, classTitle: enrollment.classTitle }} about={enrollment.classTitle} />
)

const BriefClasses = ({ enrollments, name }: ClassesProps) => (
  <ul className="brief-classes">
    {enrollments.map((enrollment) => (
      <li key={enrollment.id}>
        <ClassLink enrollment={enrollment} />
        <span className="push">
          <EnrollmentState status={enrollment.status} />
        </span>
        {name && <Actions enrollment={enrollment} name={name} />}
      </li>
    ))}
  </ul>
)

function ClassesTable({ enrollments, name }: ClassesProps) {
  const classes = useWords(classListWords)
  const { change } = useWords(enrollmentWords)
  const students = useWords(studentListWords)
  const student = useWords(studentWords)
  const formats = useFormats()
  const day = (civil: string | null) => civil && formats.date(civil)
  const columns: PageColumn<Enrollment>[] = [
    {
      header: student.class,
      cell: (enrollment) => <ClassLink enrollment={enrollment} className="row-link" />,
    },
    { header: classes.columns.code, width: 104, isDim: true, isRoomy: true, cell: ({ classCode }) => classCode },
    { header: students.columns.status, width: 108, cell: ({ status }) => <EnrollmentState status={status} /> },
    { header: student.from, width: 104, isRoomy: true, cell: ({ beginDate }) => day(beginDate) },
    { header: student.until, width: 104, isRoomy: true, cell: ({ endDate }) => day(endDate) },
    { header: student.result, width: 64, isRoomy: true, cell: ({ grade }) => grade },
  ]
  if (name)
    columns.push({
      header: change.actions,
      width: 48,
      isAction: true,
      cell: (enrollment) => <Actions enrollment={enrollment} name={name} />,
    })
  return <PageTable label={student.classes} columns={columns} rows={enrollments} />
}

const useEnrollments = (studentId: string) => useQuery(useTrpc().enrollments.list.queryOptions({ studentId }))

export function StudentClasses({ studentId, isBrief = false, name }: StudentClassesProps) {
  const messages = useMessages()
  const student = useWords(studentWords)
  const isNarrow = useIsNarrow()
  const { data, error } = useEnrollments(studentId)
  if (error && !data) return <p className="dim">{sentenceOf(error, messages)}</p>
  if (!data) return <Waiting lines={3} />
  if (!data.length) return <Empty inPage title={student.noClasses} hint={student.noClassesHint} />
  const List = isBrief || isNarrow ? BriefClasses : ClassesTable
  return <List enrollments={data} name={name} />
}
function AddButton({ student, name }: { student: Student; name: string }) {
  const { enroll: words } = useWords(enrollmentWords)
  const today = useToday()
  const { data = [] } = useEnrollments(student.id)
  const [isOpen, setOpen] = useState(false)
  const standing = data.filter((one) => one.status === 'waitlisted' || isInClass(one, today))
  return (
    <>
      <Button variant="default" className="push" onClick={() => setOpen(true)}>
        {words.openClasses}
      </Button>
      {isOpen && (
        <Suspense>
          <AddToClasses
            student={{ id: student.id, name }}
            classIds={standing.map(({ classId }) => classId)}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  )
}

/** The student's classes on her page, where the office adds her to more and takes her out. */
export function StudentClassesSection({ student }: { student: Student }) {
  const words = useWords(studentWords)
  const mayWrite = useMay('enrollment.write') && !student.archivedAt
  const name = fullName(student)
  return (
    <Section title={words.classes} actions={mayWrite && <AddButton student={student} name={name} />}>
      <StudentClasses studentId={student.id} name={mayWrite ? name : undefined} />
    </Section>
  )
}
