/** Every sentence a person reads in the browser, in English. Other languages are typed after this one. */
import { frame } from './frame.ts'

/** In a file each, which exports it under its name, and which loads with the screens that say it. */
const areas = {
  account: () => import('./account.ts'),
  alerts: () => import('./alerts.ts'),
  classForm: () => import('./class-form.ts'),
  classes: () => import('./classes.ts'),
  courses: () => import('./courses.ts'),
  departments: () => import('./departments.ts'),
  enrollments: () => import('./enrollments.ts'),
  erasure: () => import('./erasure.ts'),
  guardianLinks: () => import('./guardian-links.ts'),
  guardians: () => import('./guardians.ts'),
  history: () => import('./history.ts'),
  home: () => import('./home.ts'),
  instructors: () => import('./instructors.ts'),
  joining: () => import('./joining.ts'),
  lists: () => import('./lists.ts'),
  many: () => import('./many.ts'),
  members: () => import('./members.ts'),
  merge: () => import('./merge.ts'),
  palette: () => import('./palette.ts'),
  paper: () => import('./paper.ts'),
  paste: () => import('./paste.ts'),
  programs: () => import('./programs.ts'),
  records: () => import('./records.ts'),
  rooms: () => import('./rooms.ts'),
  schoolClass: () => import('./school-class.ts'),
  setup: () => import('./setup.ts'),
  signIn: () => import('./sign-in.ts'),
  student: () => import('./student.ts'),
  studentForm: () => import('./student-form.ts'),
  students: () => import('./students.ts'),
  system: () => import('./system.ts'),
  terms: () => import('./terms.ts'),
  timetable: () => import('./timetable.ts'),
  undo: () => import('./undo.ts'),
  viewers: () => import('./viewers.ts'),
}

export const catalog = { direction: 'ltr', frame, areas } as const
