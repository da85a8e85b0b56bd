/** Terms, from the school year down to the grading period: the list, a term, its form. */
import type { academicSessionTypes } from '../../../db/values.ts'
import type { ListedWords } from '../../records/record-words.ts'
import type { Inputs } from '../../trpc.ts'
import type { Formats } from '../formats.ts'
import { listOf, screensOf } from './called.ts'
import { manyOf } from './many-of.ts'

const types: Record<(typeof academicSessionTypes)[number], string> = {
  schoolYear: 'School year',
  semester: 'Semester',
  term: 'Term',
  gradingPeriod: 'Grading period',
}

const heads = {
  title: ['term', 'name', 'session'],
  type: ['kind'],
  parentId: ['parent', 'within', 'in'],
  startDate: ['start', 'starts', 'start date', 'from', 'begins', 'begin date'],
  endDate: ['end', 'ends', 'end date', 'until', 'to'],
  schoolYear: ['year', 'school year'],
}

export const terms = ({ date, number, plural }: Formats) => {
  const days = (from: string, until: string) => `${date(from)} to ${date(until)}`
  const dateInvalid = `Enter a date like ${date('2026-09-01')}, with the month as a word`
  return {
    ...screensOf('term', 'Terms'),
    fields: {
      title: 'Title',
      type: 'Type',
      parentId: 'Part of',
      startDate: 'First day',
      endDate: 'Last day',
      schoolYear: 'School year ends in',
    },
    missing: { title: 'Enter a title', startDate: dateInvalid, endDate: dateInvalid },
    wrong: {
      startDate: dateInvalid,
      endDate: dateInvalid,
      schoolYear: 'Enter a year such as 2027',
    },
    heads,
    inUse: {
      standing: {
        academicSession: (count: number) =>
          plural(count, { one: 'One shorter term lies in it', other: `${number(count)} shorter terms lie in it` }),
        class: (count: number) =>
          plural(count, { one: 'One class runs in it', other: `${number(count)} classes run in it` }),
      },
      end: null,
    },
    many: {
      ...manyOf({ number, plural }, 'term', 'terms'),
      set: { schoolYear: 'Set school year', parentId: 'Set longer term' },
    },
    list: {
      ...listOf('terms', 'Terms'),
      searchHint: 'Title',
      noneYetHint: 'Begin with the school year, then add the terms that are part of it.',
    },
    columns: { title: 'Title', type: 'Type', startDate: 'First day', endDate: 'Last day', classes: 'Classes' },
    types,
    codes: { type: types },
    now: 'Now',
    days,
    /** Among the choices for "Part of", so that its days are seen. */
    choice: (title: string, from: string, until: string) => `${title} (${days(from, until)})`,
    noParent: 'Nothing longer',
    schoolYearHint: 'Such as 2027; empty where it is not known',
    schoolYear: (year: string) => `School year ${year}`,
    daysLabel: 'Days',
    within: 'Part of it',
    noneWithin: 'Nothing shorter is part of it.',
    addWithin: 'Add a shorter term',
    showClasses: (count: number) =>
      plural(count, { one: 'Show the class', other: `Show the ${number(count)} classes` }),
    noClasses: 'No class runs in this term.',
  } satisfies ListedWords<keyof Inputs['academicSessions']['create'], 'academicSession'>
}
