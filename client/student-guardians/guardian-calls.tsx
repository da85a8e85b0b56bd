import { useWords } from '../messages/messages.tsx'
import { fullName } from '../people.ts'
import { useMay } from '../school.tsx'
import type { Student } from '../students/student-queries.ts'
import { Section } from '../ui/page.tsx'
import { GuardianContact } from './guardian-contact.tsx'
import { linkWords, useLinks } from './use-links.ts'

function Calls({ student }: { student: Student }) {
  const words = useWords(linkWords)
  const { data: links } = useLinks(student.id)
  if (!links) return null
  if (!links.length) return <p className="dim">{words.none}</p>
  return (
    <ol className="contacts" aria-label={words.callAbout(fullName(student))}>
      {links.map((link) => (
        <li key={link.id}>
          <span className="dim digits contact-place" aria-hidden>
            {link.priority}
          </span>
          <GuardianContact link={link} />
        </li>
      ))}
    </ol>
  )
}

/** Whom the office calls about a student, to be read beside a list; nothing for those who may not know. */
export function GuardianCalls({ student }: { student: Student }) {
  const words = useWords(linkWords)
  if (!useMay('guardian.read')) return null
  return (
    <Section title={words.call}>
      <Calls student={student} />
    </Section>
  )
}
