import type { studentStatuses } from '../../../db/values.ts'
import type { Formats } from '../formats.ts'
import { relations } from './relations.ts'

const sorts = {
  name: 'Name, A to Z',
  'name.desc': 'Name, Z to A',
  number: 'Number, low to high',
  'number.desc': 'Number, high to low',
  grade: 'Grade, youngest first',
  'grade.desc': 'Grade, oldest first',
}

const statuses: Record<(typeof studentStatuses)[number], string> = {
  active: 'Status: Active',
  inactive: 'Status: Inactive',
}
const withGuardians = { some: 'With a guardian', none: 'Without a guardian' }
/** Each filter that is set, by itself. */
const filterWords = (since: (day: string) => string) => ({
  search: (text: string) => `Search: “${text}”`,
  statuses,
  noGrade: 'No grade level',
  unlistedGrade: 'Grade level that is not on the school’s list',
  program: (name: string) => `Program: ${name}`,
  noProgram: 'No program',
  inClass: (title: string) => `Class: ${title}`,
  guardians: withGuardians,
  enteredSince: since,
  archived: 'Archived',
})

const enteredSince = (date: Formats['date']) => (day: string) => `Here since ${date(day)}`

export const students = ({ date, number, plural }: Formats) => ({
  enteredSince: enteredSince(date),
  age: (years: number) => plural(years, { one: 'one year old', other: `${number(years)} years old` }),
  title: 'Students',
  archivedTitle: 'Archived students',
  count: (count: number, isFiltered: boolean) => (isFiltered ? `${number(count)} matching` : number(count)),
  table: 'Students, one per row',
  search: 'Search students',
  searchHint: 'Name, number or email',
  add: 'Add student',
  anyGrade: 'Any grade',
  noGrade: 'No grade level',
  unlistedGrade: 'Grade not on the list',
  anyClass: 'Any class',
  class: 'Class',
  inClass: (title: string) => `In ${title}`,
  anyGuardians: 'Any guardians',
  guardians: 'Guardians',
  withGuardians,
  anyEntry: 'Any first day',
  entered: 'First day at the school',
  anyStatus: 'Any status',
  anyProgram: 'Any program',
  noProgram: 'No program',
  grade: 'Grade',
  status: 'Status',
  program: 'Program',
  showResults: 'Show students',
  clear: 'Clear filters',
  columns: { name: 'Name', number: 'Number', grade: 'Grade', status: 'Status', born: 'Born', email: 'Email' },
  columnsMore: { preferred: 'Preferred name', program: 'Program', marks: 'Marks', guardians: 'Guardians' },
  /** Columns of a file: 'Guardian 1 phone'. */
  guardianColumns: {
    name: (place: number) => `Guardian ${number(place)} name`,
    relation: (place: number) => `Guardian ${number(place)} relation`,
    phone: (place: number) => `Guardian ${number(place)} phone`,
    email: (place: number) => `Guardian ${number(place)} email`,
  },
  relations,
  papers: { emergency: 'Emergency sheet', labels: 'Address labels' },
  sortLabel: 'Sort by',
  sorts,
  noneYet: 'No students yet',
  noneYetHint: 'Paste them from a spreadsheet, upload a roster under Imports, or add the first student by hand.',
  importCommand: 'npx homeroom import <folder or zip>',
  noneForInstructor: 'You have no students yet',
  noneForInstructorHint: 'Students appear here once the office puts you in charge of a class.',
  noneForReaderHint: 'Students appear here once the office adds or imports them.',
  noneArchived: 'No archived students',
  noneArchivedHint: 'Archived students are kept here and can be restored.',
  toCurrent: 'Show current students',
  noMatch: 'No students match',
  noMatchHint: 'Nobody here fits all of these filters.',
  filterWords: filterWords(enteredSince(date)),
  failed: 'The students could not be loaded',
})
