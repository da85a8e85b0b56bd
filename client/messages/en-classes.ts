/** Classes: the list, a class, its roster. */
import type { enrollmentStatuses } from '../../db/values.ts'
import type { Formats } from './formats.ts'

export const enrollmentStatus: Record<(typeof enrollmentStatuses)[number], string> = {
  enrolled: 'Enrolled',
  waitlisted: 'Waitlisted',
  withdrawn: 'Withdrawn',
  completed: 'Completed',
}

export const classes = ({ number }: Formats) => ({
  title: 'Classes',
  count: (count: number, isFiltered: boolean) => (isFiltered ? `${number(count)} matching` : number(count)),
  table: 'Classes, one per row',
  search: 'Search classes',
  searchHint: 'Title or code',
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
  noneYet: 'No classes yet',
  noneYetHint: 'Classes come with a OneRoster import. Run it beside the server:',
  importCommand: 'npx homeroom import <folder or zip>',
  noneForInstructor: 'You teach no classes yet',
  noneForInstructorHint: 'Classes appear here once the office puts you in charge of one.',
  noMatch: 'No classes match',
  noMatchHint: (search: string) => `No class here has “${search}” in its title or code.`,
  clear: 'Clear search',
  failed: 'The classes could not be loaded',
})

export const schoolClass = ({ date }: Formats) => ({
  back: 'Classes',
  roster: 'Roster',
  rosterTable: 'Students in this class',
  terms: 'Terms',
  term: (title: string, from: string, until: string) => `${title} (${date(from)} to ${date(until)})`,
  seatsTaken: 'Seats taken',
  emptyRoster: 'Nobody is in this class yet',
  emptyRosterHint: 'Students appear here when an import or the office enrolls them.',
  isArchived: (when: string) => `Archived ${when}.`,
})
