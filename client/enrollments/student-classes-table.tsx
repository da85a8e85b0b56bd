import { Link } from '@tanstack/react-router'
import { classListWords } from '../classes/class-words.ts'
import { Marks } from '../meetings/marks.tsx'
import { MeetingWhen } from '../meetings/meeting-when.tsx'
import { timetableWords } from '../meetings/timetable-words.ts'
import type { HeldGroup } from '../meetings/use-this-week.ts'
import { useFormats, useWords } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'
import { studentListWords, studentWords } from '../students/student-words.ts'
import type { Outputs } from '../trpc.ts'
import type { PageColumn } from '../ui/page-table.tsx'
import { PageTable } from '../ui/page-table.tsx'
import { EnrollmentActions } from './enrollment-actions.tsx'
import { differingState } from './enrollment-state.tsx'
import { enrollmentWords } from './enrollment-words.ts'
import './enrollments.css'

export type Enrollment = Outputs['enrollments']['list'][number]

export interface StudentClassesRows {
  enrollments: readonly Enrollment[]
  /** What is held in the week of today. */
  groups: readonly HeldGroup[]
  /** The student's name, for who may change where she is enrolled. */
  name?: string | undefined
}

const ClassLink = ({ enrollment, className }: { enrollment: Enrollment; className: string }) => {
  const { slug } = useSchool()
  return (
    <Link to="/$school/classes/$id" params={{ school: slug, id: enrollment.classId }} className={className}>
      {enrollment.classTitle}
    </Link>
  )
}

const Actions = ({ enrollment, name }: { enrollment: Enrollment; name: string }) => (
  <EnrollmentActions place={{ enrollment, name, classTitle: enrollment.classTitle }} about={enrollment.classTitle} />
)

const ofClass = (groups: readonly HeldGroup[], { classId }: Enrollment) =>
  groups.filter(({ one }) => one.classId === classId)

/** Each value once, a line for each meeting of the class. */
const Lines = ({ values }: { values: readonly string[] }) =>
  [...new Set(values)].map((value) => <div key={value}>{value}</div>)

/** The classes in few words: in the panel, and with their times on a phone. */
export const BriefClasses = ({ enrollments, groups, name }: StudentClassesRows) => (
  <ul className="brief-classes">
    {enrollments.map((enrollment) => (
      <li key={enrollment.id}>
        <span>
          <ClassLink enrollment={enrollment} className="plain-link" />
          {ofClass(groups, enrollment).map(({ key, one, ...days }) => (
            <span key={key} className="under">
              <MeetingWhen {...days} one={one} />
              {one.roomName && <span>{one.roomName}</span>}
              <Marks {...one} />
            </span>
          ))}
        </span>
        <span className="push">{differingState(enrollment)}</span>
        {name && <Actions enrollment={enrollment} name={name} />}
      </li>
    ))}
  </ul>
)

const Times = ({ groups }: Pick<StudentClassesRows, 'groups'>) =>
  groups.map(({ key, one, ...days }) => (
    <div key={key}>
      <MeetingWhen {...days} one={one} />
      <Marks {...one} />
    </div>
  ))

export function ClassesTable({ enrollments, groups, name }: StudentClassesRows) {
  const classes = useWords(classListWords)
  const { change } = useWords(enrollmentWords)
  const students = useWords(studentListWords)
  const student = useWords(studentWords)
  const { week } = useWords(timetableWords)
  const formats = useFormats()
  const day = (civil: string | null) => civil && formats.date(civil)
  const held = (enrollment: Enrollment) => ofClass(groups, enrollment)
  const when = (enrollment: Enrollment) => held(enrollment).length > 0 && <Times groups={held(enrollment)} />
  const lines = (values: readonly string[]) => values.length > 0 && <Lines values={values} />
  const columns: PageColumn<Enrollment>[] = [
    {
      header: student.class,
      cell: (enrollment) => (
        <>
          <ClassLink enrollment={enrollment} className="row-link" />
          <span className="second">{enrollment.classCode}</span>
        </>
      ),
    },
    { header: week.current, width: 184, cell: when },
    { header: classes.columns.room, width: 76, cell: (of) => lines(held(of).flatMap(({ one }) => one.roomName ?? [])) },
    {
      ...{ header: classes.columns.instructors, width: 140, isRoomy: true },
      cell: (of) => lines(held(of).flatMap(({ one }) => one.instructors)),
    },
    { header: students.columns.status, width: 108, cell: differingState },
    { header: student.from, width: 104, isRoomy: true, cell: ({ beginDate }) => day(beginDate) },
    { header: student.until, width: 104, isRoomy: true, cell: ({ endDate }) => day(endDate) },
    { header: student.result, width: 64, isRoomy: true, cell: ({ grade }) => grade },
  ]
  if (name)
    columns.push({
      ...{ header: change.actions, width: 48, isAction: true },
      cell: (enrollment) => <Actions enrollment={enrollment} name={name} />,
    })
  return <PageTable label={student.classes} columns={columns} rows={enrollments} />
}
