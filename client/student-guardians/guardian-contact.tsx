import { Link } from '@tanstack/react-router'
import { guardianWords } from '../guardians/guardian-kind.ts'
import '../guardians/guardians.css'
import { LinkMarks } from '../guardians/link-marks.tsx'
import { PhoneLink } from '../guardians/phone-link.tsx'
import { useWords } from '../messages/messages.tsx'
import { fullName } from '../people.ts'
import { useSchool } from '../school.tsx'
import { EmailLink } from '../ui/email-link.tsx'
import type { GuardianLink } from './use-links.ts'

/** A guardian of a student: who it is, what holds for the two, and the ways to reach them. */
export function GuardianContact({ link }: { link: GuardianLink }) {
  const words = useWords(guardianWords)
  const { slug } = useSchool()
  const phones = [link.phone, link.otherPhone].flatMap((phone) => phone || [])
  return (
    <div className="contact">
      <Link to="/$school/guardians/$id" params={{ school: slug, id: link.guardianId }} className="contact-name">
        {fullName(link)}
      </Link>
      {link.isArchived && <span className="dim">{words.isArchived}</span>}
      <LinkMarks link={link} />
      <span className="ways">
        {phones.map((phone) => (
          <PhoneLink key={phone} phone={phone} />
        ))}
        {link.email && <EmailLink email={link.email} />}
        {!phones.length && <span className="dim">{words.noPhone}</span>}
      </span>
      {link.note && <span className="dim">{link.note}</span>}
    </div>
  )
}
