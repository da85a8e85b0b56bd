/** Classes: the list, a class and who teaches it, its form. */
import type { ClassAttention } from '../../db/values.ts'
import type { Formats } from './formats.ts'
import { manyOf } from './many-of.ts'

const attentions: Record<ClassAttention, string> = {
  overCapacity: 'Over capacity',
  freeSeats: 'Free seat, students wait',
  noInstructor: 'No instructor',
  noMeetings: 'No meetings',
}
const inOrder: Record<ClassAttention, string> = {
  overCapacity: 'No class is over capacity',
  freeSeats: 'Nobody waits for a seat that is free',
  noInstructor: 'Every class has an instructor',
  noMeetings: 'Every class has a place in the timetable',
}

const filterWords = {
  search: (text: string) => `the search “${text}”`,
  term: (title: string) => title,
  department: (name: string) => `department ${name}`,
  course: (title: string) => `course ${title}`,
  attention: (what: string) => `“${what}”`,
  archived: 'archived',
}

export const classes = ({ number, list }: Formats) => ({
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
  anyAttention: 'In order or not',
  attentions,
  inOrder,
  inOrderHint: 'Classes whose terms are over are not looked at.',
  inOrderTerm: (term: string) => `Only the classes of ${term} were looked at, and none whose terms are over.`,
  columns: {
    title: 'Title',
    code: 'Code',
    course: 'Course',
    instructors: 'Instructors',
    room: 'Room',
    seats: 'Seats',
  },
  seats: (taken: number, capacity: number | null) =>
    capacity === null ? number(taken) : `${number(taken)} of ${number(capacity)}`,
  isFull: 'full',
  add: 'Add class',
  noneYet: 'No classes yet',
  noneYetHint: 'Add the first class, or bring them all in with a OneRoster import beside the server:',
  noneForViewerHint: 'Classes appear here once the office adds or imports them.',
  importCommand: 'npx homeroom import <folder or zip>',
  noneForInstructor: 'You teach no classes yet',
  noneForInstructorHint: 'Classes appear here once the office puts you in charge of one.',
  noneInTerm: (term: string) => `No classes in ${term}`,
  noneInTermHint: 'Only the classes of this term are shown.',
  showAllTerms: 'Show all terms',
  noMatch: 'No classes match',
  noMatchHint: (filters: string[]) => `No class here fits ${list(filters)}.`,
  filterWords,
  clear: 'Clear filters',
  showResults: 'Show classes',
  failed: 'The classes could not be loaded',
})

const teaching = ({ date }: Formats) => ({
  title: 'Instructors',
  table: 'Instructors of this class',
  none: 'Nobody teaches this class yet',
  noneHint: 'Whoever teaches a class sees its roster.',
  add: 'Add instructor',
  addTitle: (title: string) => `Add an instructor to ${title}`,
  find: 'Find an instructor',
  findHint: 'Type a name; Enter chooses',
  nothing: (text: string) => `No instructor here is called “${text}”.`,
  missing: 'Find an instructor and choose one first.',
  forecast: (name: string) => `${name} will see this class and its roster.`,
  instructor: 'Chosen instructor',
  isPrimary: 'Primary instructor',
  teachesAlready: 'teaches it already',
  makePrimary: 'Make primary',
  end: 'End assignment',
  endTitle: (name: string, title: string) => `End ${name}’s assignment to ${title}`,
  endHint: (name: string) => `What ${name} has taught stays in the history.`,
  change: 'Change dates',
  changeTitle: (name: string) => `Dates of ${name}’s assignment`,
  save: 'Save dates',
  firstDay: 'First day',
  lastDay: 'Last day',
  missingLastDay: 'Enter the last day',
  days: (from: string, until: string) => `${from} to ${until}`,
  since: (from: string) => `since ${from}`,
  until: (until: string) => `until ${until}`,
  actionsFor: (name: string) => `Actions for ${name}`,
  addedToast: (name: string, title: string) => `${name} teaches ${title}`,
  endedToast: (name: string, day: string) => `${name} teaches until ${date(day)}`,
  savedToast: (name: string) => `Saved the dates of ${name}`,
  primaryToast: (name: string) => `${name} is the primary instructor`,
})

export const schoolClass = (formats: Formats) => ({
  back: 'Classes',
  teaching: teaching(formats),
  roster: 'Roster',
  printRoster: 'Print roster',
  rosterTable: 'Students in this class',
  terms: 'Terms',
  term: (title: string, from: string, until: string) => `${title} (${formats.date(from)} to ${formats.date(until)})`,
  room: (name: string, seats: number | null) => (seats === null ? name : `${name} (${formats.number(seats)} seats)`),
  seatsTaken: 'Seats taken',
  overRoom: (seats: number, room: string, places: number) =>
    `This class has ${formats.number(seats)} seats and ${room} has ${formats.number(places)}.`,
  archivedStudent: 'archived',
  emptyRoster: 'Nobody is in this class yet',
  emptyRosterHint: 'Students appear here when an import or the office enrolls them.',
  emptyRosterToEnroll: 'Enroll the first students, or bring them in with an import.',
})

const missing = { title: 'Enter a title' }
const wrong = { capacity: 'Enter a whole number of seats, or leave it empty for no limit' }

export const classKind = ({ number, plural }: Formats) => ({
  title: 'Classes',
  add: 'Add class',
  conflict: 'Somebody else saved this class first',
  fields: {
    title: 'Title',
    code: 'Code',
    courseId: 'Course',
    academicSessionIds: 'Terms',
    capacity: 'Seats',
    roomId: 'Room',
  },
  missing,
  wrong,
  inUse: {
    standing: {
      enrollment: (count: number) =>
        plural(count, {
          one: 'One student is enrolled or waits',
          other: `${number(count)} students are enrolled or wait`,
        }),
      meeting: (count: number) =>
        plural(count, { one: 'One meeting is planned', other: `${number(count)} meetings are planned` }),
      classInstructor: (count: number) =>
        plural(count, { one: 'One instructor teaches it', other: `${number(count)} instructors teach it` }),
    },
    end: 'Archive and end them today',
  },
  many: {
    ...manyOf({ number, plural }, 'class', 'classes'),
    set: {
      courseId: 'Set course',
      roomId: 'Set room',
      capacity: 'Set seats',
      academicSessionIds: 'Set term',
    },
  },
})

export const classForm = ({ number, plural }: Formats) => ({
  about: 'Class',
  place: 'Seats and room',
  noCourse: 'No course',
  noRoom: 'No room',
  capacityHint: 'Empty for no limit',
  roomHint: 'Where it usually meets',
  termDays: (from: string, until: string) => `${from} to ${until}`,
  roomChoice: (name: string, seats: number | null) => (seats === null ? name : `${name}, ${number(seats)} seats`),
  earlierTerms: 'Show earlier terms',
  seats: (count: number) => plural(count, { one: '1 seat', other: `${number(count)} seats` }),
  noTerms: 'There are no terms yet. Add them under Terms first.',
})
