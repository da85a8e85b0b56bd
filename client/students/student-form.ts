/** Between a student as the server keeps her and the text fields of the form. */
import { addressKinds } from '../../db/values.ts'
import { createStudentInput } from '../../server/students/input.ts'
import { gradeName } from '../messages/grade-name.ts'
import { useWords } from '../messages/messages.tsx'
import type { FieldOf, FormShape } from '../records/form-shape.ts'
import { picked, textOf } from '../records/form-shape.ts'
import type { Student } from './student-queries.ts'
import { addressesOf } from './student-summary.tsx'
import { studentWords } from './student-words.ts'
import { usePrograms } from './students-filters.tsx'

export const addressLines = ['street', 'city', 'region', 'postalCode', 'country'] as const
type Address = Record<(typeof addressLines)[number], string>
export type AddressKind = (typeof addressKinds)[number]

function addressOf(student: Student | undefined, kind: AddressKind): Address {
  const found = student && addressesOf(student).find((one) => one.kind === kind)
  return Object.fromEntries(addressLines.map((line) => [line, textOf(found?.[line])])) as Address
}

/** An address is one thing: it is changed and compared as a whole. */
const valuesOf = (student?: Student) => ({
  givenName: textOf(student?.givenName),
  familyName: textOf(student?.familyName),
  middleName: textOf(student?.middleName),
  preferredName: textOf(student?.preferredName),
  number: textOf(student?.number),
  gradeLevel: textOf(student?.gradeLevel),
  status: student?.status ?? 'active',
  programId: textOf(student?.programId),
  isInternational: student?.isInternational ?? false,
  isCoop: student?.isCoop ?? false,
  email: textOf(student?.email),
  birthDate: student && 'birthDate' in student ? textOf(student.birthDate) : '',
  local: addressOf(student, 'local'),
  permanent: addressOf(student, 'permanent'),
})
export type StudentValues = ReturnType<typeof valuesOf>
/** A field, or a line of an address: 'local.city'. */
export type StudentField = keyof StudentValues | `${AddressKind}.${(typeof addressLines)[number]}`

const isAddress = (field: string): field is AddressKind => (addressKinds as readonly string[]).includes(field)

function inputOf(values: StudentValues, fields: readonly FieldOf<StudentValues>[]) {
  const addresses = fields.filter(isAddress).map((kind) => ({ kind, ...values[kind] }))
  const plain = fields.filter((field) => !isAddress(field))
  return { ...picked(values, plain), ...(addresses.length && { addresses }) }
}

function useWritten() {
  const student = useWords(studentWords)
  const programs = usePrograms()
  return (values: StudentValues, field: FieldOf<StudentValues>) => {
    if (field === 'gradeLevel') return gradeName(values.gradeLevel, student)
    if (field === 'status') return student.status[values.status]
    return field === 'programId' ? programs.find(({ id }) => id === values.programId)?.name : undefined
  }
}

export const studentForm: FormShape<Student, StudentValues> = {
  name: 'student',
  schema: createStudentInput,
  valuesOf,
  inputOf,
  /** 'addresses.1.street' of the input is 'permanent.street' of the form. */
  fieldOf: (path) =>
    path[0] === 'addresses' ? [addressKinds[Number(path[1])], ...path.slice(2)].join('.') : path.join('.'),
  refusedAt: { 'student.number_taken': 'number', 'program.not_found': 'programId' },
  useWritten,
}
