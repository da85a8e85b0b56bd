/** Guardians: their list and pages, whose they are, and what must be known of a student. */
import type { alertKinds, guardianRelations } from '../../db/values.ts'
import type { ListedWords } from '../records/record-words.ts'
import type { Formats } from './formats.ts'
import { manyOf } from './many-of.ts'

const relations: Record<(typeof guardianRelations)[number], string> = {
  mother: 'Mother',
  father: 'Father',
  parent: 'Parent',
  stepparent: 'Stepparent',
  fosterParent: 'Foster parent',
  grandparent: 'Grandparent',
  relative: 'Relative',
  guardian: 'Guardian',
  caseworker: 'Caseworker',
  other: 'Other',
}

const marks = {
  isBarred: 'No contact',
  hasCustody: 'Custody',
  mayPickUp: 'May pick up',
  livesWith: 'Lives with',
}

export const guardians = ({ number, plural }: Formats) =>
  ({
    title: 'Guardians',
    add: 'Add guardian',
    conflict: 'Somebody else saved this guardian first',
    fields: {
      givenName: 'Given name',
      familyName: 'Family name',
      middleName: 'Middle name',
      preferredName: 'Preferred name',
      phone: 'Phone',
      otherPhone: 'Other phone',
      email: 'Email',
    },
    missing: { givenName: 'Enter a given name', familyName: 'Enter a family name' },
    wrong: { email: 'Enter an email address like name@home.example' },
    inUse: {
      standing: {
        student: (count) =>
          plural(count, {
            one: 'One student has this guardian',
            other: `${number(count)} students have this guardian`,
          }),
      },
      end: 'Archive and unlink the students',
    },
    many: manyOf({ number, plural }, 'guardian', 'guardians'),
    list: {
      archivedTitle: 'Archived guardians',
      table: 'Guardians, one per row',
      search: 'Search guardians',
      searchHint: 'Name, phone or email',
      noMatch: 'No guardians match',
      noneYet: 'No guardians yet',
      noneYetHint: 'Add them on a student’s page, where it is said whose they are.',
      noneForReaderHint: 'Guardians appear here once the office adds them.',
      noneArchived: 'No archived guardians',
      failed: 'The guardians could not be loaded',
    },
    columns: { name: 'Name', phone: 'Phone', email: 'Email', students: 'Students' },
    relations,
    marks,
    name: 'Name',
    contact: 'Contact',
    isArchived: 'Archived guardian',
    students: 'Students',
    studentsOf: (count: number) => plural(count, { one: '1 student', other: `${number(count)} students` }),
    noStudents: 'Linked to no student. Link them on a student’s page.',
  }) satisfies ListedWords

export const studentGuardians = {
  title: 'Guardians and contacts',
  inOrder: 'Guardians, in the order in which they are called',
  none: 'Nobody is linked yet.',
  link: 'Link guardian',
  actionsFor: (name: string) => `Actions for ${name}`,
  edit: 'Change relation and marks',
  moveUp: 'Call earlier',
  moveDown: 'Call later',
  unlink: 'Unlink from student',
  undo: 'Undo',
  unlinkedToast: (name: string) => `${name} is unlinked`,
  linkTitle: (student: string) => `Link a guardian to ${student}`,
  editTitle: (guardian: string, student: string) => `${guardian}, guardian of ${student}`,
  save: 'Save changes',
  find: 'Find a guardian',
  findHint: 'Name, phone or email',
  nothing: (text: string) => `Nobody has “${text}” in a name, number or address.`,
  isLinked: 'linked already',
  searchFirst: 'Look here first: brothers and sisters then share one record.',
  addNew: 'Add somebody new instead',
  findInstead: 'Look for somebody known instead',
  choose: 'Choose a guardian, or add somebody new',
  otherGuardian: 'Choose another',
  relation: 'Relation',
  marks: {
    hasCustody: 'Has custody',
    mayPickUp: 'May pick the student up',
    livesWith: 'The student lives with them',
    isBarred: 'No contact with the student',
  },
  barredHint: 'As by a court’s order. It stands in red at the student’s name, and pick-up is taken away.',
  note: 'Note',
  siblings: 'Brothers and sisters',
}

const alertKindNames: Record<(typeof alertKinds)[number], string> = {
  medical: 'Medical',
  custody: 'Custody',
  safety: 'Safety',
  other: 'Good to know',
}

export const studentAlerts = {
  list: (name: string) => `Alerts about ${name}`,
  kinds: alertKindNames,
  add: 'Add alert',
  edit: (text: string) => `Change alert: ${text}`,
  addTitle: (name: string) => `Add an alert about ${name}`,
  editTitle: (name: string) => `Change an alert about ${name}`,
  kind: 'Kind',
  text: 'What must be known',
  textHint: 'Whoever teaches the student reads it too. Short: what it is, and what to do.',
  missing: 'Say what must be known',
  save: 'Save changes',
  remove: 'Take alert away',
  removedToast: 'The alert is taken away',
  undo: 'Undo',
  barred: (name: string) => `No contact: ${name}`,
  nobodyPicksUp: 'Nobody is marked as allowed to pick up',
  noCustody: 'No guardian is marked as having custody',
  askOffice: 'Ask the office before anybody picks this student up',
}
