import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { StudentClassesSection } from '../enrollments/student-classes.tsx'
import { Whereabouts } from '../meetings/whereabouts.tsx'
import { ViewersLink } from '../members/viewers-link.tsx'
import { MergedNotice } from '../merge/merged-notice.tsx'
import { useWords } from '../messages/messages.tsx'
import { fullName } from '../people.ts'
import { StudentPhoto } from '../photos/student-photo.tsx'
import { HistorySection } from '../records/history-section.tsx'
import { OthersHere } from '../records/others-here.tsx'
import { ArchivedNotice, RecordActions } from '../records/record-actions.tsx'
import { Together } from '../records/together.tsx'
import { useSchool, useToday, useTrpc } from '../school.tsx'
import { AtSchoolSection } from '../school-enrollments/at-school-section.tsx'
import { ComingLeave } from '../school-enrollments/coming-leave.tsx'
import { StudentAlerts } from '../student-alerts/student-alerts.tsx'
import { StudentGuardians } from '../student-guardians/student-guardians.tsx'
import { ageOn } from '../students/age.ts'
import { studentKind } from '../students/student-kind.ts'
import type { Student } from '../students/student-queries.ts'
import { NotRead } from '../ui/not-read.tsx'
import { BackLabel, PageHead, Section, Waiting } from '../ui/page.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import '../ui/list-page.css'
import { StudentSummary } from '../students/student-summary.tsx'
import { studentListWords, studentWords } from '../students/student-words.ts'
import { useGrades } from '../students/use-grades.ts'

const route = getRouteApi('/$school/students/$id')

const BackToStudents = () => {
  const { slug } = useSchool()
  const student = useWords(studentWords)
  return (
    <Link to="/$school/students" params={{ school: slug }} className="back">
      <BackLabel>{student.back}</BackLabel>
    </Link>
  )
}

/** What tells the student from others at a glance. */
function Known({ student }: { student: Student }) {
  const { age } = useWords(studentListWords)
  const grades = useGrades()
  const today = useToday()
  const { number, gradeLevel } = student
  const birthDate = 'birthDate' in student ? student.birthDate : null
  const isBorn = birthDate && birthDate <= today
  const known = [number, gradeLevel && grades.name(gradeLevel), isBorn && age(ageOn(birthDate, today))]
  return <span className="dim digits">{known.filter(Boolean).join(' · ')}</span>
}

function StudentDetails({ student }: { student: Student }) {
  const words = useWords(studentWords)
  return (
    <>
      <PageHead
        title={fullName(student)}
        before={<StudentPhoto student={student} />}
        aside={<Known student={student} />}
        actions={<RecordActions kind={studentKind} record={student} isPrimary />}
      />
      <OthersHere entity="student" entityId={student.id} />
      <Together>
        <ArchivedNotice {...student} />
        <MergedNotice student={student} />
        <StudentAlerts student={student} mayChange />
        {!student.archivedAt && <Whereabouts studentId={student.id} />}
        {!student.archivedAt && <ComingLeave studentId={student.id} />}
        <StudentGuardians student={student} />
        <div className="side-by-side">
          <div>
            <Section title={words.details}>
              <StudentSummary student={student} />
              <ViewersLink studentId={student.id} />
            </Section>
            {student.medicalNote && (
              <Section title={words.medical}>
                <p className="long-text">{student.medicalNote}</p>
              </Section>
            )}
            <AtSchoolSection student={student} />
          </div>
          <div>
            <StudentClassesSection student={student} />
          </div>
        </div>
        <HistorySection entity="student" id={student.id} />
      </Together>
    </>
  )
}

export function StudentPage() {
  const { back } = useWords(studentWords)
  const { id } = route.useParams()
  const trpc = useTrpc()
  const { data: student, error } = useQuery(trpc.students.get.queryOptions({ id }))
  const { name } = useSchool()
  usePageTitle(student ? fullName(student) : back, name)
  return (
    <div className="page">
      <BackToStudents />
      {student && <StudentDetails student={student} />}
      {!student && !error && <Waiting />}
      {!student && error && <NotRead isPage error={error} />}
    </div>
  )
}
