import type { ReactNode } from 'react'
import type { StudentFieldName } from '../../server/students/input.ts'
import { useFormats, useMessages, useWords } from '../messages/messages.tsx'
import { EmailLink } from '../ui/email-link.tsx'
import type { Fact } from '../ui/facts.tsx'
import { Facts, labeled } from '../ui/facts.tsx'
import type { Student } from './student-queries.ts'
import { studentWords } from './student-words.ts'
import { StudentState } from './students-columns.tsx'
import { useGrades } from './use-grades.ts'

type Address = NonNullable<Extract<Student, { addresses: unknown }>['addresses']>[number]

export const addressesOf = (student: Student): Address[] => ('addresses' in student ? student.addresses : [])

export const addressLine = ({ street, city, region, postalCode, country }: Address): string =>
  [street, city, [region, postalCode].filter(Boolean).join(' '), country].filter(Boolean).join(', ')

const unknown = { birthDate: null, sex: null, previousSchool: null }

/** What is known of a student, as far as this person may see it; null where her name says it. */
export function StudentSummary({ student }: { student: Student }) {
  const messages = useMessages()
  const words = useWords(studentWords)
  const grades = useGrades()
  const formats = useFormats()
  const { fields, marks, addressKinds } = words
  const { birthDate, sex, previousSchool } = 'birthDate' in student ? student : unknown
  const shown: Record<StudentFieldName, ReactNode> = {
    givenName: null,
    familyName: null,
    middleName: null,
    status: <StudentState status={student.status} />,
    // Her days at the school say it.
    entryDate: null,
    number: student.number,
    gradeLevel: student.gradeLevel && grades.name(student.gradeLevel),
    preferredName: student.preferredName,
    birthDate: birthDate && formats.date(birthDate),
    sex: sex && words.sexes[sex],
    homeLanguage: student.homeLanguage,
    previousSchool,
    // It has a section of its own on the page.
    medicalNote: null,
    email: student.email && <EmailLink email={student.email} />,
    programId: student.programName,
    isInternational: student.isInternational && messages.yes,
    isCoop: student.isCoop && messages.yes,
  }
  const addresses = addressesOf(student).map((address): Fact => [addressKinds[address.kind], addressLine(address)])
  return <Facts facts={[...labeled(shown, { ...fields, ...marks }), ...addresses]} />
}
