/** Programs: the list, a program, its form. */
import type { programTypes } from '../../../db/values.ts'
import type { ListedWords } from '../../records/record-words.ts'
import type { Inputs } from '../../trpc.ts'
import type { Formats } from '../formats.ts'
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
    title: 'Programs',
    add: 'Add program',
    conflict: 'Somebody else saved this program first',
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
      end: 'Archive and take its students out of the program',
    },
    many: {
      ...manyOf({ number, plural }, 'program', 'programs'),
      end: 'Archive and take the students out of the programs',
      set: { type: 'Set type', departmentId: 'Set department' },
    },
    list: {
      archivedTitle: 'Archived programs',
      table: 'Programs, one per row',
      search: 'Search programs',
      searchHint: 'Name or department',
      noMatch: 'No programs match',
      noneYet: 'No programs yet',
      noneYetHint: 'A program is what a student works toward. Add the first one here.',
      noneForReaderHint: 'Programs appear here once the office adds them.',
      noneArchived: 'No archived programs',
      failed: 'The programs could not be loaded',
    },
    columns: { name: 'Name', type: 'Type', department: 'Department', students: 'Students' },
    types,
    codes: { type: types },
    noDepartment: 'No department',
    showStudents: (count: number) =>
      plural(count, { one: 'Show the student', other: `Show the ${number(count)} students` }),
    noStudents: 'No student is in this program.',
  }) satisfies ListedWords<keyof Inputs['programs']['create']>
