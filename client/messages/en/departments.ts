/** Departments: the list, a department, its form. */

import type { ListedWords } from '../../records/record-words.ts'
import type { Inputs } from '../../trpc.ts'
import type { Formats } from '../formats.ts'
import { listOf, screensOf } from './called.ts'
import { department } from './heads.ts'
import { manyOf } from './many-of.ts'

export const departments = ({ number, plural }: Formats) =>
  ({
    ...screensOf('department', 'Departments'),
    fields: { name: 'Name' },
    missing: { name: 'Enter a name' },
    heads: { name: ['department', 'title', ...department] },
    inUse: {
      standing: {
        program: (count) =>
          plural(count, { one: 'One program belongs to it', other: `${number(count)} programs belong to it` }),
        course: (count) =>
          plural(count, { one: 'One course belongs to it', other: `${number(count)} courses belong to it` }),
        instructor: (count) =>
          plural(count, { one: 'One instructor belongs to it', other: `${number(count)} instructors belong to it` }),
      },
      end: (count) =>
        plural(count, {
          one: 'Archive and take them out of the department',
          other: 'Archive and take them out of the departments',
        }),
    },
    many: manyOf({ number, plural }, 'department', 'departments'),
    list: {
      ...listOf('departments', 'Departments'),
      searchHint: 'Name',
      noneYetHint: 'Departments hold programs, courses and instructors together. Add the first one here.',
    },
    columns: { name: 'Name', programs: 'Programs', courses: 'Courses', instructors: 'Instructors' },
    holds: (courses: number, instructors: number) =>
      `${plural(courses, { one: '1 course', other: `${number(courses)} courses` })}, ${plural(instructors, {
        one: '1 instructor',
        other: `${number(instructors)} instructors`,
      })}`,
    programs: 'Programs',
    courses: 'Courses',
    instructors: 'Instructors',
    noPrograms: 'No program belongs to this department.',
    noCourses: 'No course belongs to this department.',
    noInstructors: 'No instructor belongs to this department.',
  }) satisfies ListedWords<keyof Inputs['departments']['create'], 'department'>
