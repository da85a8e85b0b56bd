import { useQuery } from '@tanstack/react-query'
import { StudentClasses } from '../enrollments/student-classes.tsx'
import { Whereabouts } from '../meetings/whereabouts.tsx'
import { useMessages, useWords } from '../messages/messages.tsx'
import { fullName } from '../people.ts'
import { OthersHere } from '../records/others-here.tsx'
import { ArchivedNotice, RecordActions } from '../records/record-actions.tsx'
import { Together } from '../records/together.tsx'
import { useSchool, useTrpc } from '../school.tsx'
import { StudentAlerts } from '../student-alerts/student-alerts.tsx'
import { GuardianCalls } from '../student-guardians/guardian-calls.tsx'
import { Avatar } from '../students/avatar.tsx'
import { studentKind } from '../students/student-kind.ts'
import { LinkButton } from '../ui/link-button.tsx'
import { NotRead } from '../ui/not-read.tsx'
import { Section, Waiting } from '../ui/page.tsx'
import { SidePanel } from '../ui/side-panel.tsx'
import './student-panel.css'
import { StudentSummary } from '../students/student-summary.tsx'
import { studentWords } from '../students/student-words.ts'

export default function StudentPanel({ id, onClose }: { id: string; onClose(): void }) {
  const { close } = useMessages()
  const words = useWords(studentWords)
  const { slug } = useSchool()
  const trpc = useTrpc()
  const { data: student, error } = useQuery(trpc.students.get.queryOptions({ id }))
  const title = student ? fullName(student) : error ? words.panel : undefined
  return (
    <SidePanel label={words.panel} title={title} closeLabel={close} onClose={onClose}>
      {error && !student && <NotRead inPage error={error} />}
      {!student && !error && <Waiting />}
      {student && (
        <>
          <OthersHere entity="student" entityId={id} />
          <Together>
            <ArchivedNotice {...student} />
            <StudentAlerts student={student} />
            {!student.archivedAt && <Whereabouts studentId={id} />}
            <div className="student-actions">
              <Avatar student={student} size="page" />
              <LinkButton variant="default" to="/$school/students/$id" params={{ school: slug, id }}>
                {words.openPage}
              </LinkButton>
              <RecordActions kind={studentKind} record={student} />
            </div>
            <GuardianCalls student={student} />
            <StudentSummary student={student} />
            <Section title={words.classes}>
              <StudentClasses studentId={id} />
            </Section>
          </Together>
        </>
      )}
    </SidePanel>
  )
}
