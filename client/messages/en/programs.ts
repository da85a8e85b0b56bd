/** Programs: the list, a program, its form. */
import type { programTypes } from '../../../db/values.ts'
import type { ListedWords } from '../../records/record-words.ts'
import type { Inputs } from '../../trpc.ts'
import type { Formats } from '../formats.ts'
import { listOf, screensOf } from './called.ts'
import { department } from './heads.ts'
import { manyOf } from './many-of.ts'

const types: Record<(typeof programTypes)[number], string> = {
  bachelor: 'Bachelor',
  diploma: 'Diploma',
  certificate: 'Certificate',
  other: 'Other',
}

export const programs = ({ number, plural }: Formats) =>
  ({
    ...screensOf('program', 'Programs'),
    fields: { name: 'Name', type: 'Type', departmentId: 'Department' },
    missing: { name: 'Enter a name' },
    heads: {
      name: ['program', 'programme', 'title', 'course of study'],
      type: ['kind', 'degree', 'award', 'qualification'],
      departmentId: department,
    },
    inUse: {
      standing: {
        student: (count) =>
          plural(count, { one: 'One student is in it', other: `${number(count)} students are in it` }),
      },
      end: (count) =>
        plural(count, {
          one: 'Archive and take its students out of the program',
          other: 'Archive and take the students out of the programs',
        }),
    },
    many: {
      ...manyOf({ number, plural }, 'program', 'programs'),
      set: { type: 'Set type', departmentId: 'Set department' },
    },
    list: {
      ...listOf('programs', 'Programs'),
      searchHint: 'Name or department',
      noneYetHint: 'A program is what a student works toward. Add the first one here.',
    },
    columns: { name: 'Name', type: 'Type', department: 'Department', students: 'Students' },
    types,
    codes: { type: types },
    noDepartment: 'No department',
    showStudents: (count: number) =>
      plural(count, { one: 'Show the student', other: `Show the ${number(count)} students` }),
    noStudents: 'No student is in this program.',
  }) satisfies ListedWords<keyof Inputs['programs']['create'], 'program'>
