/** Guardians: the list, a guardian, the form. */
import type { ListedWords } from '../../records/record-words.ts'
import type { Inputs } from '../../trpc.ts'
import type { Formats } from '../formats.ts'
import { listOf, nameMissing, screensOf } from './called.ts'
import { people } from './heads.ts'
import { manyOf } from './many-of.ts'
import { relations } from './relations.ts'

const marks = {
  isBarred: 'No contact',
  hasCustody: 'Custody',
  mayPickUp: 'May pick up',
  livesWith: 'Lives with',
}

export const guardians = ({ number, plural }: Formats) =>
  ({
    ...screensOf('guardian', 'Guardians'),
    fields: {
      givenName: 'Given name',
      familyName: 'Family name',
      middleName: 'Middle name',
      preferredName: 'Preferred name',
      phone: 'Phone',
      otherPhone: 'Other phone',
      email: 'Email',
    },
    missing: { givenName: nameMissing, familyName: nameMissing },
    wrong: { email: 'Enter an email address like name@home.example' },
    heads: {
      ...people,
      fullName: ['name', 'full name', 'guardian', 'parent', 'contact'],
      phone: ['telephone', 'mobile', 'cell', 'phone number', 'tel'],
      otherPhone: ['phone 2', 'second phone', 'work phone', 'home phone'],
    },
    inUse: {
      standing: {
        student: (count) =>
          plural(count, {
            one: 'One student has this guardian',
            other: `${number(count)} students have this guardian`,
          }),
      },
      end: () => 'Archive and unlink the students',
    },
    many: manyOf({ number, plural }, 'guardian', 'guardians'),
    list: {
      ...listOf('guardians', 'Guardians'),
      searchHint: 'Name, phone or email',
      noneYetHint: 'Add them on a student’s page, where it is said whose they are.',
    },
    columns: { name: 'Name', phone: 'Phone', email: 'Email', students: 'Students' },
    relations,
    marks,
    name: 'Name',
    contact: 'Contact',
    isArchived: 'Archived guardian',
    noPhone: 'No phone number',
    students: 'Students',
    studentsOf: (count: number) => plural(count, { one: '1 student', other: `${number(count)} students` }),
    noStudents: 'Linked to no student. Link them on a student’s page.',
  }) satisfies ListedWords<keyof Inputs['guardians']['create'], 'guardian'>
