import type { ClassAttention } from '../../../db/values.ts'
import type { ClassSeats } from '../../../server/classes/input.ts'
import type { Formats } from '../formats.ts'

const attentions: Record<ClassAttention, string> = {
  overCapacity: 'Over capacity',
  freeSeats: 'Free seat, students wait',
  noInstructor: 'No instructor',
  colliding: 'Collides with another class',
  noMeetings: 'No meetings',
}
const inOrder: Record<ClassAttention, string> = {
  overCapacity: 'No class is over capacity',
  freeSeats: 'Nobody waits for a seat that is free',
  noInstructor: 'Every class has an instructor',
  colliding: 'No room and no instructor is in two classes at once',
  noMeetings: 'Every class has a place in the timetable',
}

const seatsOf: Record<ClassSeats, string> = { left: 'Seats left', full: 'Full' }

/** Each filter that is set, by itself. */
const filterWords = {
  search: (text: string) => `Search: “${text}”`,
  department: (name: string) => `Department: ${name}`,
  course: (title: string) => `Course: ${title}`,
  archived: 'Archived',
}

export const classes = ({ number }: Formats) => ({
  title: 'Classes',
  archivedTitle: 'Archived classes',
  count: (count: number, isFiltered: boolean) => (isFiltered ? `${number(count)} matching` : number(count)),
  table: 'Classes, one per row',
  search: 'Search classes',
  searchHint: 'Title or code',
  term: 'Term',
  allTerms: 'All terms',
  department: 'Department',
  anyDepartment: 'Any department',
  course: 'Course',
  anyCourse: 'Any course',
  attention: 'Needs attention',
  anyAttention: 'All classes',
  attentions,
  inOrder,
  inOrderHint: 'Classes whose terms are over are not looked at.',
  inOrderTerm: (term: string) => `Only the classes of ${term} were looked at, and none whose terms are over.`,
  seatsFilter: 'Seats',
  anySeats: 'Any seats',
  seatsOf,
  columns: {
    title: 'Title',
    code: 'Code',
    course: 'Course',
    instructors: 'Instructors',
    room: 'Room',
    seats: 'Seats',
    taken: 'Seats taken',
  },
  seats: (taken: number, capacity: number | null) =>
    capacity === null ? number(taken) : `${number(taken)} of ${number(capacity)}`,
  isFull: 'full',
  add: 'Add class',
  noneYet: 'No classes yet',
  noneYetHint: 'Add the first class, or upload a roster under Imports.',
  noneForReaderHint: 'Classes appear here once the office adds or imports them.',
  importCommand: 'npx homeroom import <folder or zip>',
  noneForInstructor: 'You teach no classes yet',
  noneForInstructorHint: 'Classes appear here once the office puts you in charge of one.',
  noneInTerm: (term: string) => `No classes in ${term}`,
  noneInTermHint: 'Only the classes of this term are shown.',
  showAllTerms: 'Show all terms',
  noMatch: 'No classes match',
  noMatchHint: 'No class here fits all of these filters.',
  filterWords,
  clear: 'Clear filters',
  showResults: 'Show classes',
  failed: 'The classes could not be loaded',
})
