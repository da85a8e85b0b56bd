import { addressKinds, sexes, studentStatuses } from '../../db/values.ts'
import { createStudentInput } from '../../server/students/input.ts'
import { useWords } from '../messages/messages.tsx'
import { formOf, personFields } from '../records/form-of.ts'
import { choicesOf, textOf } from '../records/form-shape.ts'
import { withChosen } from '../records/record-fields.tsx'
import { useMay, useSchool } from '../school.tsx'
import { addressLines } from './address-lines.ts'
import { studentFormWords } from './student-kind.ts'
import type { Student } from './student-queries.ts'
import { addressesOf } from './student-summary.tsx'
import { studentWords } from './student-words.ts'
import { usePrograms } from './students-filters.tsx'
import { useGrades } from './use-grades.ts'

export type AddressKind = (typeof addressKinds)[number]
type Address = Record<(typeof addressLines)[number], string>

function addressOf(student: Student | undefined, kind: AddressKind): Address {
  const found = student && addressesOf(student).find((one) => one.kind === kind)
  return Object.fromEntries(addressLines.map((line) => [line, textOf(found?.[line])])) as Address
}

export const studentForm = formOf<Student>()({
  name: 'student',
  schema: createStudentInput,
  fields: {
    ...personFields,
    number: { is: 'text', section: 'school' },
    gradeLevel: { is: 'oneOf' },
    status: { is: 'oneOf', usual: 'active' },
    entryDate: { is: 'day' },
    programId: { is: 'reference', to: 'program' },
    isInternational: { is: 'flag' },
    isCoop: { is: 'flag' },
    email: { is: 'email', section: 'contact', isWhole: true },
    birthDate: { is: 'day' },
    sex: { is: 'oneOf' },
    homeLanguage: { is: 'text', section: 'background' },
    previousSchool: { is: 'text' },
    medicalNote: { is: 'text', isLong: true, section: 'medical', isWhole: true },
    addresses: null,
  },
  /** An address is one thing: it is changed and compared as a whole. */
  own: (student) => ({ local: addressOf(student, 'local'), permanent: addressOf(student, 'permanent') }),
  ownInput(values, fields) {
    const addresses = addressKinds.filter((kind) => fields.includes(kind)).map((kind) => ({ kind, ...values[kind] }))
    return addresses.length ? { addresses } : {}
  },
  /** 'addresses.1.street' of the input is 'permanent.street' of the form. */
  fieldOf: (path) =>
    path[0] === 'addresses' ? [addressKinds[Number(path[1])], ...path.slice(2)].join('.') : path.join('.'),
  useDetails(record, form) {
    const student = useWords(studentWords)
    const { form: words } = useWords(studentFormWords)
    const grades = useGrades()
    const mayWriteMedical = useMay('student.writeMedical')
    const { studentNumberPattern } = useSchool()
    const isGiven = !record && typeof studentNumberPattern === 'string'
    const choices = usePrograms().map(({ id, name }) => ({ value: id, label: name }))
    const programs = withChosen(choices, record?.programId, record?.programName)
    return {
      gradeLevel: { choices: grades.choices(form?.values.gradeLevel), none: words.noGrade },
      // Whoever has days at the school is what they say, and they are changed on her page.
      status: { choices: choicesOf(studentStatuses, student.status), isShown: !record?.entryDate },
      sex: { choices: choicesOf(sexes, student.sexes), none: words.noSex },
      homeLanguage: { hint: words.homeLanguageHint },
      medicalNote: { hint: words.medicalNoteHint, isShown: mayWriteMedical },
      programId: { choices: programs, none: words.noProgram, isShown: programs.length > 0 },
      entryDate: { hint: record?.entryDate ? words.entryDateKept : words.entryDateHint },
      birthDate: { hint: words.birthDateHint },
      ...(isGiven && { number: { hint: words.numberHint } }),
    }
  },
  useLegends() {
    const { name, school, contact, background, medical } = useWords(studentFormWords).form
    return { name, school, contact, background, ...(useMay('student.writeMedical') && { medical }) }
  },
})
export type StudentValues = ReturnType<typeof studentForm.valuesOf>
