/** Courses: the list, a course, its form. */

import type { ListedWords } from '../../records/record-words.ts'
import type { Inputs } from '../../trpc.ts'
import type { Formats } from '../formats.ts'
import { listOf, screensOf } from './called.ts'
import { code, department } from './heads.ts'
import { manyOf } from './many-of.ts'

export const courses = ({ number, plural }: Formats) =>
  ({
    ...screensOf('course', 'Courses'),
    fields: { title: 'Title', code: 'Code', credits: 'Credits', departmentId: 'Department' },
    missing: { title: 'Enter a title' },
    wrong: { credits: 'Enter a number such as 3 or 0.5' },
    heads: {
      title: ['course', 'name', 'course title', 'course name', 'subject'],
      code: ['course code', ...code],
      credits: ['credit', 'credit hours', 'units', 'points'],
      departmentId: department,
    },
    inUse: {
      standing: {
        class: (count) =>
          plural(count, { one: 'One class teaches this course', other: `${number(count)} classes teach this course` }),
      },
      end: null,
    },
    many: {
      ...manyOf({ number, plural }, 'course', 'courses'),
      set: { departmentId: 'Set department', credits: 'Set credits' },
    },
    list: {
      ...listOf('courses', 'Courses'),
      searchHint: 'Title, code or department',
      noneYetHint: 'A course is what is taught; classes teach it to groups. Add the first one here.',
    },
    columns: { title: 'Title', code: 'Code', credits: 'Credits', classes: 'Classes', department: 'Department' },
    noDepartment: 'No department',
    creditsHint: 'Such as 3 or 0.5; empty where none are given',
    credits: (count: number) => plural(count, { one: '1 credit', other: `${number(count)} credits` }),
    classes: (count: number) => plural(count, { one: '1 class', other: `${number(count)} classes` }),
    noClasses: 'No class teaches this course.',
  }) satisfies ListedWords<keyof Inputs['courses']['create'], 'course'>
