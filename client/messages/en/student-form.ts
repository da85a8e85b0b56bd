/** A student's form. */
import type { addressKinds } from '../../../db/values.ts'
import type { AddressInput, StudentFieldName } from '../../../server/students/input.ts'
import type { KindWords } from '../../records/record-words.ts'
import type { GuardianPlace } from '../../students/pasted-guardians.ts'
import type { Formats } from '../formats.ts'
import { nameMissing } from './called.ts'
import { people } from './heads.ts'
import { manyOf } from './many-of.ts'
import { student } from './student.ts'

type AddressKind = (typeof addressKinds)[number]
/** A field, or a line of an address: 'local.city'. */
type StudentField =
  | StudentFieldName
  | `${GuardianPlace}.givenName`
  | AddressKind
  | `${AddressKind}.${Exclude<keyof AddressInput, 'kind'>}`

const { fields, status, sexes, addressFields: lines } = student()

const guardianNames = {
  'mother.givenName': 'Mother: given name',
  'father.givenName': 'Father: given name',
  'guardian1.givenName': 'Guardian 1: given name',
  'guardian2.givenName': 'Guardian 2: given name',
}
/** Of guardians who come along with pasted rows. */
const namelessGuardians: Record<keyof typeof guardianNames, string> = {
  'mother.givenName': 'Enter the name of the mother, or empty her other cells',
  'father.givenName': 'Enter the name of the father, or empty his other cells',
  'guardian1.givenName': 'Enter the name of guardian 1, or empty the other cells',
  'guardian2.givenName': 'Enter the name of guardian 2, or empty the other cells',
}

const heads = {
  ...people,
  fullName: ['name', 'full name', 'student', 'student name', 'pupil'],
  number: [
    ...['number', 'student no', 'student id', 'id', 'no', 'pupil number', 'pupil no'],
    ...['admission number', 'admission no', 'adm number', 'adm no'],
  ],
  birthDate: ['born', 'birth date', 'birthday', 'birthdate', 'dob', 'date of birth'],
  gradeLevel: ['grade level', 'year', 'level', 'class year', 'year group'],
  status: ['state'],
  sex: ['gender', 'm/f'],
  homeLanguage: ['language', 'first language', 'mother tongue', 'native language', 'language at home'],
  previousSchool: ['last school', 'school before', 'former school', 'sending school', 'school attended'],
  programId: ['programme', 'course of study'],
  entryDate: [
    'entry date',
    'enrolled on',
    'enrollment date',
    'admission date',
    'date of admission',
    'start date',
    'joined',
  ],
  isInternational: ['international', 'overseas'],
  isCoop: ['co-op', 'coop', 'co op'],
}

const kind = (formats: Formats) =>
  ({
    title: 'Students',
    add: 'Add student',
    conflict: 'Somebody else saved this student first',
    fields: {
      ...fields,
      'local.street': lines.street,
      'local.city': lines.city,
      'local.region': lines.region,
      'local.postalCode': lines.postalCode,
      'local.country': lines.country,
      'permanent.street': lines.street,
      'permanent.city': lines.city,
      'permanent.region': lines.region,
      'permanent.postalCode': lines.postalCode,
      'permanent.country': lines.country,
      ...guardianNames,
    },
    missing: { givenName: nameMissing, familyName: nameMissing },
    wrong: {
      email: 'Enter an email address like name@school.example',
      birthDate: `Enter a date like ${formats.date('2015-07-07')}, with the month as a word`,
      entryDate: `Enter a date like ${formats.date('2026-09-01')}, with the month as a word`,
      ...namelessGuardians,
    },
    otherFields: 'Addresses',
    codes: { status, sex: sexes },
    heads,
    many: {
      ...manyOf(formats, 'student', 'students'),
      set: { gradeLevel: 'Set grade', status: 'Set status', programId: 'Set program' },
    },
    inUse: {
      instead:
        'Archive is for records that should not have been. Who leaves the school is entered under “At this school”.',
      standing: {
        enrollment: (count: number) =>
          formats.plural(count, {
            one: 'A place in one class is held',
            other: `Places in ${formats.number(count)} classes are held`,
          }),
      },
      end: (count: number) =>
        formats.plural(count, {
          one: 'Archive and withdraw from these classes',
          other: 'Archive and withdraw them from their classes',
        }),
    },
  }) satisfies KindWords<StudentField, 'student'>

const form = ({ date }: Formats) => ({
  name: 'Name',
  school: 'At school',
  contact: 'Contact and birth',
  noGrade: 'No grade',
  noProgram: 'No program',
  background: 'Background',
  medical: 'Medical',
  noSex: 'Not known',
  homeLanguageHint: 'What is spoken at home, for example Spanish',
  medicalNoteHint: 'Only the office reads it. Add an alert for what everybody who looks after the student must know.',
  entryDateHint: 'Empty if it is not known',
  entryDateKept: 'Left empty, it stays as it is: days at the school are taken away on the student’s page',
  birthDateHint: `For example ${date('2015-07-07')}`,
  numberHint: 'Left empty, the next number is given.',
})

export const studentForm = (formats: Formats) => ({ ...kind(formats), form: form(formats) })
