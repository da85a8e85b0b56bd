import { Link } from '@tanstack/react-router'
import type { Words } from '../messages/catalog.ts'
import { gradeName } from '../messages/grade-name.ts'
import { useWords } from '../messages/messages.tsx'
import { fullName } from '../people.ts'
import { RecordFrame } from '../records/record-frame.tsx'
import { useSchool } from '../school.tsx'
import { EmailLink } from '../ui/email-link.tsx'
import type { Fact } from '../ui/facts.tsx'
import { Section } from '../ui/page.tsx'
import type { Guardian } from './guardian-kind.ts'
import { guardianKind, guardianWords } from './guardian-kind.ts'
import './guardians.css'
import { studentWords } from '../students/student-words.ts'
import { GuardiansList } from './guardians-list.tsx'
import { LinkMarks } from './link-marks.tsx'
import { PhoneLink } from './phone-link.tsx'

export const ListPage = GuardiansList

const factsOf = (guardian: Guardian, { fields }: Words['guardians']): Fact[] => [
  [fields.preferredName, guardian.preferredName],
  [fields.phone, guardian.phone && <PhoneLink key="phone" phone={guardian.phone} />],
  [fields.otherPhone, guardian.otherPhone && <PhoneLink key="other" phone={guardian.otherPhone} />],
  [fields.email, guardian.email && <EmailLink key="email" email={guardian.email} />],
]

function Students({ guardian }: { guardian: Guardian }) {
  const student = useWords(studentWords)
  const words = useWords(guardianWords)
  const { slug } = useSchool()
  return (
    <Section title={words.students}>
      {guardian.students.length === 0 && <p className="dim">{words.noStudents}</p>}
      <ul className="contacts">
        {guardian.students.map((link) => (
          <li key={link.id}>
            <div className="contact">
              <Link to="/$school/students/$id" params={{ school: slug, id: link.studentId }} className="contact-name">
                {fullName(link)}
              </Link>
              <LinkMarks link={link} />
            </div>
            <span className="dim">{link.gradeLevel && gradeName(link.gradeLevel, student)}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

export function RecordPage() {
  const words = useWords(guardianWords)
  return (
    <RecordFrame kind={guardianKind} facts={(guardian) => factsOf(guardian, words)}>
      {(guardian) => <Students guardian={guardian} />}
    </RecordFrame>
  )
}
