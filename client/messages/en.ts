/** Every sentence a person reads in the browser. Other languages are typed after this one. */
import { setup, signIn } from './en-door.ts'
import { enrollmentStatus } from './en-enrollment-status.ts'
import { connection, errors, lists, noSchool, roles, shell } from './en-frame.ts'
import { student, students } from './en-students.ts'
import type { Formats } from './formats.ts'

export const en = (formats: Formats) => ({
  app: 'Homeroom',
  close: 'Close',
  cancel: 'Cancel',
  yes: 'Yes',
  no: 'No',
  loading: 'Loading',
  errors: errors(formats),
  connection,
  shell,
  lists,
  roles,
  signIn,
  setup: setup(formats),
  noSchool,
  students: students(formats),
  student,
  enrollmentStatus,
})
export type Messages = ReturnType<typeof en>
