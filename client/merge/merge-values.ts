import type { MergeField } from '../../server/merge/input.ts'
import { useFormats, useMessages, useWords } from '../messages/messages.tsx'
import { studentFormWords } from '../students/student-kind.ts'
import { addressesOf, addressLine } from '../students/student-summary.tsx'
import { studentWords } from '../students/student-words.ts'
import { useGrades } from '../students/use-grades.ts'
import type { Preview } from './use-merge.ts'

type Side = Preview['kept']
type Reference = Extract<MergeField, `${string}Id`>
type Labels = Readonly<Record<string, string>>
type NameOf<Field> = Field extends `${infer Of}Id` ? `${Of}Name` : never

type Plain = Exclude<
  MergeField,
  Reference | 'local' | 'permanent' | 'birthDate' | 'sex' | 'previousSchool' | 'medicalNote'
>
type IfCode<Value, Field> = string extends Value ? never : Value extends string ? Field : never
/** The fields that hold a code of a closed list. */
type Coded = { [Field in Plain]: IfCode<NonNullable<Side[Field]>, Field> }[Plain]

const isReference = (field: MergeField): field is Reference => field.endsWith('Id')
/** A student's `programId` comes with a `programName`. */
const nameOf = (field: Reference) => field.replace(/Id$/, 'Name') as NameOf<Reference>

export function useWritten() {
  const messages = useMessages()
  const grades = useGrades()
  const codes: Readonly<Record<Coded, Labels>> = useWords(studentFormWords).codes
  const labels: Readonly<Partial<Record<MergeField, Labels>>> = codes
  const { sexes } = useWords(studentWords)
  const { date } = useFormats()
  return (student: Side, field: MergeField): string | null => {
    if (field === 'local' || field === 'permanent') {
      const address = addressesOf(student).find(({ kind }) => kind === field)
      return address ? addressLine(address) : null
    }
    if (field === 'birthDate') return 'birthDate' in student && student.birthDate ? date(student.birthDate) : null
    if (field === 'previousSchool') return 'previousSchool' in student ? student.previousSchool : null
    if (field === 'medicalNote') return student.medicalNote ?? null
    if (field === 'sex') return 'sex' in student && student.sex ? sexes[student.sex] : null
    if (field === 'gradeLevel') return student.gradeLevel && grades.name(student.gradeLevel)
    if (isReference(field)) return student[nameOf(field)]
    const value = student[field]
    if (typeof value === 'boolean') return value ? messages.yes : messages.no
    return value && (labels[field]?.[value] ?? value)
  }
}
