/** Students: the list, a student, her form. */
import type { addressKinds, gradeLevels, studentStatuses } from '../../db/values.ts'
import type { Formats } from './formats.ts'
import { manyOf } from './many-of.ts'

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

const addressKind: Record<(typeof addressKinds)[number], string> = {
  local: 'Local address',
  permanent: 'Permanent address',
}

const studentFields = {
  givenName: 'Given name',
  middleName: 'Middle name',
  familyName: 'Family name',
  preferredName: 'Preferred name',
  number: 'Student number',
  email: 'Email',
  birthDate: 'Date of birth',
  gradeLevel: 'Grade',
  status: 'Status',
  isInternational: 'International student',
  isCoop: 'Co-op student',
  programId: 'Program',
  local: 'Local address',
  permanent: 'Permanent address',
}

const sorts = {
  name: 'Name, A to Z',
  'name.desc': 'Name, Z to A',
  number: 'Number, low to high',
  'number.desc': 'Number, high to low',
  grade: 'Grade, youngest first',
  'grade.desc': 'Grade, oldest first',
}

const filterWords = {
  search: (text: string) => `the search “${text}”`,
  grade: (name: string) => name,
  status: (name: string) => `status ${name.toLowerCase()}`,
  program: (name: string) => `program ${name}`,
  noProgram: 'no program',
  archived: 'archived',
}

export const students = ({ number, list, plural }: Formats) => ({
  title: 'Students',
  archivedTitle: 'Archived students',
  count: (count: number, isFiltered: boolean) => (isFiltered ? `${number(count)} matching` : number(count)),
  table: 'Students, one per row',
  search: 'Search students',
  searchHint: 'Name, number or email',
  add: 'Add student',
  anyGrade: 'Any grade',
  anyStatus: 'Any status',
  anyProgram: 'Any program',
  noProgram: 'No program',
  grade: 'Grade',
  status: 'Status',
  program: 'Program',
  archived: 'Archived',
  current: 'Not archived',
  shown: 'Shown',
  showResults: 'Show students',
  clear: 'Clear filters',
  columns: { name: 'Name', number: 'Number', grade: 'Grade', status: 'Status', born: 'Born', email: 'Email' },
  columnsMore: { preferred: 'Preferred name', program: 'Program', marks: 'Marks' },
  many: manyOf({ number, plural }, 'student', 'students'),
  sortLabel: 'Sort by',
  sorts,
  noneYet: 'No students yet',
  noneYetHint: 'Import a OneRoster bundle beside the server, or add the first student by hand.',
  importCommand: 'npx homeroom import <folder or zip>',
  noneForInstructor: 'You have no students yet',
  noneForInstructorHint: 'Students appear here once the office puts you in charge of a class.',
  noneForViewerHint: 'Students appear here once the office adds or imports them.',
  noneArchived: 'No archived students',
  noneArchivedHint: 'Archived students are kept here and can be restored.',
  toCurrent: 'Show current students',
  noMatch: 'No students match',
  noMatchHint: (filters: string[]) => `Nobody here fits ${list(filters)}.`,
  filterWords,
  failed: 'The students could not be loaded',
})

export const student = {
  fields: studentFields,
  status: studentStatus,
  grades: grades as Record<string, string>,
  addressKinds: addressKind,
  addressFields: {
    street: 'Street',
    city: 'City',
    region: 'Region or state',
    postalCode: 'Postal code',
    country: 'Country',
  },
  panel: 'Student details',
  openPage: 'Open page',
  details: 'Details',
  classes: 'Classes',
  noClasses: 'Not in any class',
  noClassesHint: 'Classes appear here when an import or the office enrolls this student.',
  class: 'Class',
  from: 'From',
  until: 'Until',
  result: 'Grade',
  back: 'Students',
  marks: { isInternational: 'International', isCoop: 'Co-op' },
}
