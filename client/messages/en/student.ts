import type { addressKinds, gradeLevels, Sex, studentStatuses } from '../../../db/values.ts'

const grades: Record<(typeof gradeLevels)[number], string> = {
  IT: 'Infant or toddler',
  PR: 'Preschool',
  PK: 'Prekindergarten',
  TK: 'Transitional kindergarten',
  KG: 'Kindergarten',
  '01': 'Grade 1',
  '02': 'Grade 2',
  '03': 'Grade 3',
  '04': 'Grade 4',
  '05': 'Grade 5',
  '06': 'Grade 6',
  '07': 'Grade 7',
  '08': 'Grade 8',
  '09': 'Grade 9',
  '10': 'Grade 10',
  '11': 'Grade 11',
  '12': 'Grade 12',
  '13': 'Grade 13',
  PS: 'After secondary',
  UG: 'Ungraded',
}

const studentStatus: Record<(typeof studentStatuses)[number], string> = { active: 'Active', inactive: 'Inactive' }

const sex: Record<Sex, string> = { female: 'Female', male: 'Male', other: 'Other', unspecified: 'Unspecified' }

const addressKind: Record<(typeof addressKinds)[number], string> = {
  local: 'Local address',
  permanent: 'Permanent address',
}

const addressLines = {
  street: 'Street',
  city: 'City',
  region: 'Region or state',
  postalCode: 'Postal code',
  country: 'Country',
}

const studentFields = {
  givenName: 'Given name',
  middleName: 'Middle name',
  familyName: 'Family name',
  preferredName: 'Preferred name',
  number: 'Student number',
  email: 'Email',
  birthDate: 'Date of birth',
  sex: 'Sex',
  homeLanguage: 'Home language',
  previousSchool: 'Previous school',
  medicalNote: 'Medical note',
  gradeLevel: 'Grade',
  status: 'Status',
  isInternational: 'International student',
  isCoop: 'Co-op student',
  programId: 'Program',
  entryDate: 'Entry day',
  local: 'Local address',
  permanent: 'Permanent address',
}

export const student = () => ({
  /** A grade level that the school does not teach, or does not list. */
  notListed: (name: string) => `${name} (not listed)`,
  fields: studentFields,
  status: studentStatus,
  sexes: sex,
  grades: grades as Record<string, string>,
  addressKinds: addressKind,
  addressFields: addressLines,
  /** Over a column: 'Local address: City'. */
  addressColumn: (kind: keyof typeof addressKind, line: keyof typeof addressLines) =>
    `${addressKind[kind]}: ${addressLines[line]}`,
  panel: 'Student details',
  openPage: 'Open page',
  details: 'Details',
  medical: 'Medical note',
  classes: 'Classes',
  noClasses: 'Not in any class',
  noClassesHint: 'Classes appear here when an import or the office enrolls this student.',
  class: 'Class',
  from: 'From',
  until: 'Until',
  result: 'Grade',
  back: 'Students',
  marks: { isInternational: 'International', isCoop: 'Co-op' },
})
