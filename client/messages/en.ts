/** Every sentence a person reads in the browser. Other languages are typed after this one. */
import { classes, enrollmentStatus, schoolClass } from './en-classes.ts'
import { setup, signIn } from './en-door.ts'
import { connection, errors, noSchool, roles, shell } from './en-frame.ts'
import { conflict, form, student, students } from './en-students.ts'
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
  roles,
  signIn,
  setup: setup(formats),
  noSchool,
  students: students(formats),
  student,
  form: form(formats),
  conflict: conflict(formats),
  classes: classes(formats),
  class: schoolClass(formats),
  enrollmentStatus,
})
export type Messages = ReturnType<typeof en>
