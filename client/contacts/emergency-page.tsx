import { getRouteApi } from '@tanstack/react-router'
import { sheetAtMost } from '../../server/contacts/input.ts'
import { guardianWords } from '../guardians/guardian-kind.ts'
import { PhoneLink } from '../guardians/phone-link.tsx'
import { Paper } from '../lists/paper.tsx'
import { useFormats, useWords } from '../messages/messages.tsx'
import { fullName, listName } from '../people.ts'
import { alertWords } from '../student-alerts/alert-words.ts'
import { Avatar } from '../students/avatar.tsx'
import { addressLine } from '../students/student-summary.tsx'
import { useGrades } from '../students/use-grades.ts'
import { Empty } from '../ui/empty.tsx'
import { NotRead } from '../ui/not-read.tsx'
import { Status } from '../ui/status.tsx'
import type { Contact } from './contact-words.ts'
import { contactWords } from './contact-words.ts'
import './contacts.css'
import type { Source } from './sheet-source.tsx'
import { useClassSource, useContacts, useStudentsSource } from './sheet-source.tsx'

type Guardian = Contact['guardians'][number]

function Called({ guardian }: { guardian: Guardian }) {
  const { relations, marks } = useWords(guardianWords)
  const words = useWords(contactWords)
  const { phone, otherPhone, email, relation, mayPickUp, livesWith } = guardian
  const phones = [phone, otherPhone].filter((one) => one !== null)
  const said = [relations[relation], mayPickUp && marks.mayPickUp, livesWith && marks.livesWith].filter(Boolean)
  return (
    <li>
      {guardian.isBarred && <Status tone="bad">{marks.isBarred}</Status>}{' '}
      <span className="paper-name">{fullName(guardian)}</span> <span className="dim">{said.join(' · ')}</span>
      <div className="call-at">
        {phones.map((one) => (
          <PhoneLink key={one} phone={one} />
        ))}
        {!phones.length && <span className="dim">{words.noPhone}</span>}
      </div>
      {email && <div>{email}</div>}
    </li>
  )
}

function StudentCell({ contact }: { contact: Contact }) {
  const words = useWords(contactWords)
  const formats = useFormats()
  const grades = useGrades()
  const { number, gradeLevel, birthDate, preferredName, givenName } = contact
  const facts = [number, gradeLevel && grades.name(gradeLevel), birthDate && words.born(formats.date(birthDate))]
  return (
    <td>
      {contact.photo && <Avatar student={contact} size="page" />}
      <div className="paper-name">{listName(contact)}</div>
      {preferredName && preferredName !== givenName && <div>{preferredName}</div>}
      <div className="dim">{facts.filter(Boolean).join(' · ')}</div>
    </td>
  )
}

function Row({ contact }: { contact: Contact }) {
  const words = useWords(contactWords)
  const { kinds } = useWords(alertWords)
  const { alerts, guardians, addresses } = contact
  const lines = [...new Set(addresses.map(addressLine))]
  return (
    <tr>
      <StudentCell contact={contact} />
      <td>
        {alerts.map(({ id, kind, text }) => (
          <div key={id}>
            <span className="dim">{kinds[kind]}:</span> <strong>{text}</strong>
          </div>
        ))}
        {!alerts.length && <span className="dim">{words.noAlerts}</span>}
      </td>
      <td>
        {guardians.length ? (
          <ol className="called">
            {guardians.map((guardian) => (
              <Called key={guardian.guardianId} guardian={guardian} />
            ))}
          </ol>
        ) : (
          <span className="dim">{words.noGuardians}</span>
        )}
      </td>
      <td>
        {lines.map((line) => (
          <div key={line}>{line}</div>
        ))}
        {!lines.length && <span className="dim">{words.noAddress}</span>}
      </td>
    </tr>
  )
}

function EmergencyTable({ contacts, label }: { contacts: readonly Contact[]; label: string }) {
  const { columns } = useWords(contactWords)
  return (
    <table className="paper-table emergency" aria-label={label}>
      <thead>
        <tr>
          {Object.entries(columns).map(([id, head]) => (
            <th key={id} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {contacts.map((contact) => (
          <Row key={contact.id} contact={contact} />
        ))}
      </tbody>
    </table>
  )
}

function EmergencySheet({ source }: { source: Source }) {
  const words = useWords(contactWords)
  const { contacts, error } = useContacts(source)
  const title = source.title ? words.emergencyOf(source.title) : words.emergency
  return (
    <Paper
      title={title}
      term={source.term}
      facts={[...source.facts, contacts && words.students(contacts.length)]}
      back={source.back}
      isReady={Boolean(contacts?.length)}
    >
      {Boolean(error) && !contacts && <NotRead inPage title={words.failed} error={error} />}
      {source.ids === null && <Empty inPage title={words.tooMany(sheetAtMost)} />}
      {!contacts && !error && source.ids !== null && (
        <p className="dim" role="status">
          {words.reading}
        </p>
      )}
      {contacts?.length === 0 && <Empty inPage title={words.nobody} />}
      {contacts && contacts.length > 0 && <EmergencyTable contacts={contacts} label={title} />}
    </Paper>
  )
}

const ofClass = getRouteApi('/$school/classes/$id/emergency')
const ofStudents = getRouteApi('/$school/students/emergency')

export const ClassEmergencyPage = () => <EmergencySheet source={useClassSource(ofClass.useParams().id)} />
export const StudentsEmergencyPage = () => <EmergencySheet source={useStudentsSource(ofStudents.useSearch())} />
