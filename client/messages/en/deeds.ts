/** What was done by one operation, in the words of the sentences that say it. */
import type { JournalEntity } from '../../../db/values.ts'
import type { About } from '../../undo/own-operations.ts'
import type { Counted, Formats } from '../formats.ts'

export const nouns: Record<JournalEntity, Counted> = {
  school: { one: 'school', other: 'schools' },
  membership: { one: 'account', other: 'accounts' },
  department: { one: 'department', other: 'departments' },
  program: { one: 'program', other: 'programs' },
  student: { one: 'student', other: 'students' },
  studentAddress: { one: 'address', other: 'addresses' },
  instructor: { one: 'instructor', other: 'instructors' },
  academicSession: { one: 'term', other: 'terms' },
  course: { one: 'course', other: 'courses' },
  class: { one: 'class', other: 'classes' },
  classTerm: { one: 'term of a class', other: 'terms of classes' },
  classInstructor: { one: 'instructor', other: 'instructors' },
  enrollment: { one: 'student', other: 'students' },
  room: { one: 'room', other: 'rooms' },
  meeting: { one: 'meeting', other: 'meetings' },
  guardian: { one: 'guardian', other: 'guardians' },
  studentGuardian: { one: 'guardian link', other: 'guardian links' },
  studentAlert: { one: 'alert', other: 'alerts' },
  savedView: { one: 'view', other: 'views' },
}

/** Where a record is part of another, the name is the other's. */
export const ofAnother: Partial<Record<JournalEntity, string>> = {
  studentAddress: 'the address of',
  studentAlert: 'an alert of',
  studentGuardian: 'the guardians of',
  meeting: 'the timetable of',
  classTerm: 'the terms of',
  membership: 'the account of',
}

export const verbs: Record<About['deed'], string> = {
  add: 'added',
  change: 'changed',
  archive: 'archived',
  restore: 'restored',
  enroll: 'enrolled',
  withdraw: 'withdrew',
  complete: 'completed',
  reinstate: 'reinstated',
  merge: 'merged',
  erase: 'erased the data of',
  undo: 'took back a change to',
  import: 'imported',
}

/** Half a sentence: archived Room 12, changed 24 students. */
export const deedOf =
  ({ number, plural }: Formats) =>
  ({ deed, entity, count, name }: About): string => {
    const what = name ? [deed !== 'add' && ofAnother[entity], name].filter(Boolean).join(' ') : undefined
    return `${verbs[deed]} ${what ?? `${number(count)} ${plural(count, nouns[entity])}`}`
  }
