/** Every sentence a person reads in the browser, in English. Other languages are typed after this one. */
import { frame } from './frame.ts'
import { kindAreas } from './kinds.ts'

/** In a file each, which exports it under its name, and which loads with the screens that say it. */
const areas = {
  account: () => import('./account.ts'),
  apiTokens: () => import('./api-tokens.ts'),
  alerts: () => import('./alerts.ts'),
  calendar: () => import('./calendar.ts'),
  classes: () => import('./classes.ts'),
  contacts: () => import('./contacts.ts'),
  enrollments: () => import('./enrollments.ts'),
  erasure: () => import('./erasure.ts'),
  flags: () => import('./flags.ts'),
  guardianLinks: () => import('./guardian-links.ts'),
  help: () => import('./help.ts'),
  history: () => import('./history.ts'),
  home: () => import('./home.ts'),
  imports: () => import('./imports.ts'),
  joining: () => import('./joining.ts'),
  lists: () => import('./lists.ts'),
  masterTimetable: () => import('./master-timetable.ts'),
  many: () => import('./many.ts'),
  members: () => import('./members.ts'),
  merge: () => import('./merge.ts'),
  palette: () => import('./palette.ts'),
  paper: () => import('./paper.ts'),
  photos: () => import('./photos.ts'),
  paste: () => import('./paste.ts'),
  records: () => import('./records.ts'),
  schoolEnrollments: () => import('./school-enrollments.ts'),
  schoolClass: () => import('./school-class.ts'),
  schoolSettings: () => import('./school-settings.ts'),
  setup: () => import('./setup.ts'),
  signIn: () => import('./sign-in.ts'),
  student: () => import('./student.ts'),
  studentPaste: () => import('./student-paste.ts'),
  students: () => import('./students.ts'),
  moves: () => import('./moves.ts'),
  system: () => import('./system.ts'),
  timetable: () => import('./timetable.ts'),
  undo: () => import('./undo.ts'),
  viewers: () => import('./viewers.ts'),
  webhooks: () => import('./webhooks.ts'),
  ...kindAreas,
}

export const catalog = { direction: 'ltr', erased: 'Erased', frame, areas } as const
