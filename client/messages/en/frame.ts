/** What surrounds every screen, and what went wrong. */
import type { enrollmentStatuses, Role } from '../../../db/values.ts'
import type { Formats } from '../formats.ts'
import { kinds } from './kinds.ts'
import { reasons } from './reasons.ts'

const errors = ({ number, plural }: Formats) => ({
  reasons,
  noAnswer: 'The server does not answer. What you typed is still here; try again in a moment.',
  installing:
    'A new version of Homeroom is being installed, and this needs it on every server. Nothing was changed; try again in a minute.',
  unknown: (requestId?: string) =>
    requestId
      ? `Something went wrong on the server. Try again, or tell whoever runs it this number: ${requestId}`
      : 'Something went wrong. Reload the page, and tell whoever runs this server if it happens again.',
  title: 'This page cannot be shown',
  reload: 'Reload the page',
  notFound: 'There is nothing at this address',
  notFoundHint: 'Check the address, or start from the front page.',
  refused: 'This page is not for your role',
  toFront: 'Go to the front page',
  tooLong: 'This is too long. Shorten it.',
  invalid: 'This cannot be used here. Enter something else.',
  summary: (count: number) =>
    plural(count, { one: 'One field needs another look', other: `${number(count)} fields need another look` }),
})

const connection = {
  connected: 'Connected',
  reconnecting: 'Reconnecting',
  offline: 'Offline',
  lost: 'Homeroom is not answering. Reconnecting; what you typed is kept.',
  unheard: 'What others change does not reach this page at the moment. Connecting again.',
  starting: 'Homeroom is not answering. It is asked again every few seconds.',
  noNetwork: 'This computer is offline. What you typed is kept, and what you save is sent once it is back.',
  newVersion: 'A new version of Homeroom is here. Reload when it suits you; forms keep what you typed.',
  reload: 'Reload',
}

/** Of a session, where its own dialog cannot be had. */
const ended = {
  title: 'Your session ended',
  hint: 'Sign in to go on. What you typed on forms is kept for you.',
  signIn: 'Sign in',
}

/** The buttons at a list's head; what is behind them is in lists.ts. */
const lists = {
  views: 'Views',
  view: (name: string) => `Views, now ${name}`,
  more: 'Columns, export and print',
  select: (name: string) => `Select ${name}`,
  selectMode: 'Select',
  paste: 'Paste from a spreadsheet',
  setFilters: (count: number) => (count ? `Filters (${count})` : 'Filters'),
  filtersTitle: 'Filters',
  clearFilters: 'Clear filters',
  showList: 'Show the list',
}

const shell = {
  skip: 'Skip to content',
  menu: 'Menu',
  main: 'Main',
  find: 'Search or jump to…',
  /** As keys are called on the keyboards of this language. */
  findKey: 'Ctrl K',
  home: 'Home',
  myWeek: 'My week',
  masterTimetable: 'Master timetable',
  free: 'What is free',
  calendar: 'Calendar',
  history: 'History',
  imports: 'Imports',
  settings: 'Settings',
  setUp: 'Set up',
  members: 'People and roles',
  system: 'System',
  switchSchool: 'Switch school',
  useDark: 'Use dark colors',
  useLight: 'Use light colors',
  account: (name: string) => `Account of ${name}`,
  signOut: 'Sign out',
  yourAccount: 'Your account',
  help: 'Help',
  demo: 'Demo school: nobody here is real.',
}

const roles: Record<Role, string> = {
  administrator: 'Administrator',
  registrar: 'Registrar',
  instructor: 'Instructor',
  viewer: 'Viewer',
}

const noSchool = {
  title: 'You do not belong to a school yet',
  hint: 'Ask an administrator of your school to let you in. Whoever runs this server can bring a school in.',
  importCommand: 'npx homeroom import <folder or zip>',
  check: 'Look again',
}

const enrollmentStatus: Record<(typeof enrollmentStatuses)[number], string> = {
  enrolled: 'Enrolled',
  waitlisted: 'Waitlisted',
  withdrawn: 'Withdrawn',
  completed: 'Completed',
}

export const frame = (formats: Formats) => ({
  app: 'Homeroom',
  atCommandLine: 'At the server’s command line',
  close: 'Close',
  cancel: 'Cancel',
  unsaved: {
    title: 'Close without saving? What you typed here would be lost.',
    stay: 'Keep editing',
    close: 'Close without saving',
  },
  yes: 'Yes',
  no: 'No',
  loading: 'Loading',
  showPassword: 'Show or hide the password',
  errors: errors(formats),
  connection,
  ended,
  shell,
  kinds,
  lists,
  roles,
  noSchool,
  enrollmentStatus,
})
