import { Link } from '@tanstack/react-router'
import { useWords } from '../messages/messages.tsx'
import { fullName } from '../people.ts'
import { RecordFrame } from '../records/record-frame.tsx'
import { useSchool } from '../school.tsx'
import { EmailLink } from '../ui/email-link.tsx'
import { Section } from '../ui/page.tsx'
import type { Guardian } from './guardian-kind.ts'
import { guardianKind, guardianWords } from './guardian-kind.ts'
import './guardians.css'
import { useGrades } from '../students/use-grades.ts'
import { GuardiansList } from './guardians-list.tsx'
import { LinkMarks } from './link-marks.tsx'
import { PhoneLink } from './phone-link.tsx'

export const ListPage = GuardiansList

const factsOf = ({ preferredName, phone, otherPhone, email }: Guardian) => ({
  givenName: null,
  familyName: null,
  middleName: null,
  preferredName,
  phone: phone && <PhoneLink phone={phone} />,
  otherPhone: otherPhone && <PhoneLink phone={otherPhone} />,
  email: email && <EmailLink email={email} />,
})

function Students({ guardian }: { guardian: Guardian }) {
  const grades = useGrades()
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
            <span className="dim">{link.gradeLevel && grades.name(link.gradeLevel)}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

export const RecordPage = () => (
  <RecordFrame kind={guardianKind} facts={factsOf}>
    {(guardian) => <Students guardian={guardian} />}
  </RecordFrame>
)
