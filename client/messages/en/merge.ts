/** Two records of one person: found, compared, made one. */
import type { MergeField } from '../../../server/merge/input.ts'
import type { Formats } from '../formats.ts'
import { student } from './student.ts'

const fields: Record<MergeField, string> = student().fields

export const merge = ({ list, number, plural }: Formats) => ({
  duplicates: 'Likely duplicates',
  duplicatesHint:
    'Students with the same name whose birth dates are the same or not known. Compare them: they can also be two people.',
  pairs: (count: number) => plural(count, { one: '1 pair', other: `${number(count)} pairs` }),
  firstPairs: (count: number) =>
    `These are the first ${number(count)}. The others follow once some are merged or told apart.`,
  noDuplicates: 'No likely duplicates',
  noDuplicatesHint: 'No two students have the same name and the same or an unknown birth date.',
  failed: 'The duplicates could not be loaded',
  toStudents: 'Students',
  table: 'Likely duplicates, one pair per row',
  columns: { name: 'Name', one: 'One record', other: 'The other', action: 'Compare' },
  compare: 'Compare',
  compareOf: (name: string) => `Compare the two records of ${name}`,
  unknownBirthDate: 'no birth date',
  isSecond: (name: string) => `There may be another record of ${name}.`,
  back: 'Likely duplicates',
  title: (name: string) => `Merge two records of ${name}`,
  hint: 'Choose what is right in each row. What only one record knows is kept anyway.',
  field: 'Field',
  stays: 'Stays',
  goes: 'Goes into the other',
  swap: 'Keep the other record instead',
  openRecord: (number: string | null) => (number ? `Open record ${number}` : 'Open record without a number'),
  fields,
  nothing: 'empty',
  sourcedId: 'Known to imports as',
  comesOver: 'What comes over',
  nothingComesOver: 'Nothing else belongs to the record that goes.',
  byDays: {
    active: 'The student will be active: so say the days at this school of both records.',
    inactive: 'The student will be inactive: so say the days at this school of both records.',
  },
  classes: {
    moved: (names: string[]) => `Classes that come over: ${list(names)}.`,
    folded: (names: string[]) => `Classes both were in, which become one enrollment each: ${list(names)}.`,
  },
  guardians: {
    moved: (names: string[]) => `Guardians who come over: ${list(names)}.`,
    folded: (names: string[]) => `Guardians of both, who are linked once, with the safer marks: ${list(names)}.`,
  },
  alerts: {
    moved: (names: string[]) => `Alerts that come over: ${list(names)}.`,
    folded: (names: string[]) => `Alerts both had: ${list(names)}.`,
  },
  submit: 'Merge records',
  mergedToast: (name: string) => `The records of ${name} are one now`,
  undo: 'Undo',
  undone: 'The two records are apart again',
  wentInto: 'This record was merged into another.',
  openOther: 'Open the record that stayed',
})
