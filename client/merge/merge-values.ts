import type { MergeField } from '../../server/merge/input.ts'
import { gradeName } from '../messages/grade-name.ts'
import { useFormats, useMessages, useWords } from '../messages/messages.tsx'
import { addressesOf, addressLine } from '../students/student-summary.tsx'
import { studentWords } from '../students/student-words.ts'
import type { Preview } from './use-merge.ts'

type Side = Preview['kept']
type Reference = Extract<MergeField, `${string}Id`>
type NameOf<Field> = Field extends `${infer Of}Id` ? `${Of}Name` : never

const isReference = (field: MergeField): field is Reference => field.endsWith('Id')
/** A student's `programId` comes with a `programName`. */
const nameOf = (field: Reference) => field.replace(/Id$/, 'Name') as NameOf<Reference>

export function useWritten() {
  const messages = useMessages()
  const words = useWords(studentWords)
  const { date } = useFormats()
  return (student: Side, field: MergeField): string | null => {
    if (field === 'local' || field === 'permanent') {
      const address = addressesOf(student).find(({ kind }) => kind === field)
      return address ? addressLine(address) : null
    }
    if (field === 'birthDate') return 'birthDate' in student && student.birthDate ? date(student.birthDate) : null
    if (field === 'gradeLevel') return student.gradeLevel && gradeName(student.gradeLevel, words)
    if (isReference(field)) return student[nameOf(field)]
    if (field === 'status') return words.status[student.status]
    const value = student[field]
    return typeof value === 'boolean' ? (value ? messages.yes : messages.no) : value
  }
}
