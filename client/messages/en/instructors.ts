/** Instructors: the list, an instructor, the form. */
import type { employments, instructorStatuses } from '../../../db/values.ts'
import type { ListedWords } from '../../records/record-words.ts'
import type { Inputs } from '../../trpc.ts'
import type { Formats } from '../formats.ts'
import { listOf, nameMissing, screensOf } from './called.ts'
import { department, people } from './heads.ts'
import { manyOf } from './many-of.ts'

const statuses: Record<(typeof instructorStatuses)[number], string> = { active: 'Active', inactive: 'Inactive' }
const employment: Record<(typeof employments)[number], string> = {
  'full-time': 'Full time',
  'part-time': 'Part time',
  adjunct: 'Adjunct',
}

export const instructors = ({ number, plural }: Formats) =>
  ({
    ...screensOf('instructor', 'Instructors'),
    fields: {
      givenName: 'Given name',
      familyName: 'Family name',
      middleName: 'Middle name',
      preferredName: 'Preferred name',
      email: 'Email',
      status: 'Status',
      employment: 'Employment',
      departmentId: 'Department',
    },
    missing: { givenName: nameMissing, familyName: nameMissing },
    wrong: { email: 'Enter an email address like name@school.example' },
    heads: {
      ...people,
      fullName: ['name', 'full name', 'instructor', 'teacher'],
      status: ['state'],
      employment: ['contract', 'employed', 'type'],
      departmentId: department,
    },
    inUse: {
      standing: {
        class: (count) =>
          plural(count, { one: 'One class is taught by them', other: `${number(count)} classes are taught by them` }),
      },
      end: () => 'Archive and end their teaching today',
    },
    many: {
      ...manyOf({ number, plural }, 'instructor', 'instructors'),
      set: { status: 'Set status', employment: 'Set employment', departmentId: 'Set department' },
    },
    list: {
      ...listOf('instructors', 'Instructors'),
      searchHint: 'Name, email or department',
      noneYetHint: 'Add the people who teach here; then put them in charge of classes.',
    },
    columns: {
      name: 'Name',
      status: 'Status',
      employment: 'Employment',
      classes: 'Classes',
      department: 'Department',
      email: 'Email',
    },
    statuses,
    employment,
    codes: { status: statuses, employment },
    name: 'Name',
    work: 'At school',
    noDepartment: 'No department',
    noEmployment: 'Not known',
    classes: (count: number) => plural(count, { one: '1 class', other: `${number(count)} classes` }),
    noClasses: 'They teach no class now.',
  }) satisfies ListedWords<keyof Inputs['instructors']['create'], 'instructor'>
