import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { sentenceOf } from '../errors.ts'
import { OpenWeek } from '../meetings/timetable-section.tsx'
import type { HeldGroup } from '../meetings/use-this-week.ts'
import { useThisWeek } from '../meetings/use-this-week.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { part } from '../part.ts'
import { fullName } from '../people.ts'
import { useMay, useToday, useTrpc } from '../school.tsx'
import type { Student } from '../students/student-queries.ts'
import { studentWords } from '../students/student-words.ts'
import { Empty } from '../ui/empty.tsx'
import { Section, Waiting } from '../ui/page.tsx'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import { isInClass } from './enrollment-place.ts'
import { enrollmentWords } from './enrollment-words.ts'
import type { Enrollment } from './student-classes-table.tsx'
import { BriefClasses, ClassesTable } from './student-classes-table.tsx'

const AddToClasses = lazy(part(() => import('./add-to-classes.tsx')))

const useEnrollments = (studentId: string) => useQuery(useTrpc().enrollments.list.queryOptions({ studentId }))

function NoClasses() {
  const student = useWords(studentWords)
  return <Empty inPage title={student.noClasses} hint={student.noClassesHint} />
}

/** The student's classes by their titles, in her panel. */
export function StudentClasses({ studentId }: { studentId: string }) {
  const messages = useMessages()
  const { data, error } = useEnrollments(studentId)
  if (error && !data) return <p className="dim">{sentenceOf(error, messages)}</p>
  if (!data) return <Waiting lines={3} />
  return data.length ? <BriefClasses enrollments={data} groups={[]} /> : <NoClasses />
}

/** As the week goes: what meets first comes first, then what does not meet, then what has ended. */
function inOrder(enrollments: readonly Enrollment[], groups: readonly HeldGroup[], today: string): Enrollment[] {
  const placeOf = (enrollment: Enrollment) => {
    if (enrollment.status !== 'waitlisted' && !isInClass(enrollment, today)) return groups.length + 1
    const place = groups.findIndex(({ one }) => one.classId === enrollment.classId)
    return place < 0 ? groups.length : place
  }
  return enrollments.toSorted((a, b) => placeOf(a) - placeOf(b))
}

function ClassesOfWeek({ student, name }: { student: Student; name: string | undefined }) {
  const messages = useMessages()
  const today = useToday()
  const isNarrow = useIsNarrow()
  const { data, error } = useEnrollments(student.id)
  const week = useThisWeek('student', student.id)
  if (error && !data) return <p className="dim">{sentenceOf(error, messages)}</p>
  if (!data || !(week.isRead || week.error)) return <Waiting lines={3} />
  if (!data.length) return <NoClasses />
  const List = isNarrow ? BriefClasses : ClassesTable
  return (
    <>
      {week.error && <p className="dim">{sentenceOf(week.error, messages)}</p>}
      <List enrollments={inOrder(data, week.groups, today)} groups={week.groups} name={name} />
    </>
  )
}

function AddButton({ student, name }: { student: Student; name: string }) {
  const { enroll: words } = useWords(enrollmentWords)
  const today = useToday()
  const { data = [] } = useEnrollments(student.id)
  const [isOpen, setOpen] = useState(false)
  const current = data.filter((one) => one.status === 'waitlisted' || isInClass(one, today))
  return (
    <>
      <Button variant="default" className="push" onClick={() => setOpen(true)}>
        {words.openClasses}
      </Button>
      {isOpen && (
        <Suspense>
          <AddToClasses
            student={{ id: student.id, name }}
            classIds={current.map(({ classId }) => classId)}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  )
}

/** The student's classes with when, where and by whom they are held this week; the office adds her to more and takes her out. */
export function StudentClassesSection({ student }: { student: Student }) {
  const words = useWords(studentWords)
  const mayWrite = useMay('enrollment.write') && !student.archivedAt
  const name = fullName(student)
  return (
    <Section
      title={words.classes}
      actions={
        <>
          <OpenWeek of="student" id={student.id} />
          {mayWrite && <AddButton student={student} name={name} />}
        </>
      }
    >
      <ClassesOfWeek student={student} name={mayWrite ? name : undefined} />
    </Section>
  )
}
