import { gradeName } from '../messages/grade-name.ts'
import { useFormats, useMessages, useWords } from '../messages/messages.tsx'
import { EmailLink } from '../ui/email-link.tsx'
import type { Fact } from '../ui/facts.tsx'
import { Facts } from '../ui/facts.tsx'
import type { Student } from './student-queries.ts'
import { studentWords } from './student-words.ts'
import { StudentState } from './students-columns.tsx'

type Address = NonNullable<Extract<Student, { addresses: unknown }>['addresses']>[number]

export const addressesOf = (student: Student): Address[] => ('addresses' in student ? student.addresses : [])

/** As on an envelope, on one line. */
export const addressLine = ({ street, city, region, postalCode, country }: Address): string =>
  [street, city, [region, postalCode].filter(Boolean).join(' '), country].filter(Boolean).join(', ')

/** What is known of a student, as far as this person may see it. */
export function StudentSummary({ student }: { student: Student }) {
  const messages = useMessages()
  const words = useWords(studentWords)
  const formats = useFormats()
  const { fields, marks, addressKinds } = words
  const birthDate = 'birthDate' in student ? student.birthDate : null
  const facts: Fact[] = [
    [fields.status, <StudentState key="status" status={student.status} />],
    [fields.number, student.number],
    [fields.gradeLevel, student.gradeLevel && gradeName(student.gradeLevel, words)],
    [fields.preferredName, student.preferredName],
    [fields.birthDate, birthDate && formats.date(birthDate)],
    [fields.email, student.email && <EmailLink key="email" email={student.email} />],
    [fields.programId, student.programName],
    [marks.isInternational, student.isInternational && messages.yes],
    [marks.isCoop, student.isCoop && messages.yes],
    ...addressesOf(student).map((address): Fact => [addressKinds[address.kind], addressLine(address)]),
  ]
  return <Facts facts={facts} />
}
