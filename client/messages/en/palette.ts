import type { Formats } from '../formats.ts'

export const palette = ({ list, number, plural }: Formats) => ({
  title: 'Search or jump to',
  placeholder: 'A name, number, email, class or page',
  results: 'Results',
  searching: 'Searching',
  groups: {
    recent: 'Recent',
    students: 'Students',
    instructors: 'Instructors',
    guardians: 'Guardians',
    classes: 'Classes',
    courses: 'Courses',
    rooms: 'Rooms',
    pages: 'Go to',
    actions: 'Do',
  },
  actions: {
    inviteMember: 'Invite a colleague',
    enroll: 'Enroll students in a class',
  },
  born: (date: string) => `born ${date}`,
  seats: (count: number) => plural(count, { one: '1 seat', other: `${number(count)} seats` }),
  guardianOf: (names: string[]) => `of ${list(names)}`,
  inactive: 'inactive',
  found: (count: number) => plural(count, { one: '1 result', other: `${number(count)} results` }),
  nothing: (text: string) => `Nothing found for “${text}”`,
  notArchived: 'Archived records are not searched.',
  /** And then where. */
  searched: 'Searched in:',
  kinds: {
    students: 'Students',
    ownStudents: 'Students of your classes',
    instructors: 'Instructors',
    guardians: 'Guardians',
    classes: 'Classes',
    ownClasses: 'Your classes',
    courses: 'Courses',
    rooms: 'Rooms',
    pages: 'Pages',
    actions: 'Actions',
  },
})
