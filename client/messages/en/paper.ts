import type { Formats } from '../formats.ts'

export const paper = ({ number, plural }: Formats) => ({
  print: 'Print',
  back: 'Back to the list',
  toClass: 'Back to the class',
  printed: (when: string, by: string) => `Printed ${when} by ${by}`,
  /** As a style sheet writes it, with the numbers of the page and of the last one between the words. */
  page: ['Page ', ' of '] as const,
  rows: (count: number) => plural(count, { one: 'one row', other: `${number(count)} rows` }),
  reading: (count: number, total: number | undefined) =>
    total === undefined
      ? `Reading the list: ${number(count)} rows`
      : `Reading the list: ${number(count)} of ${number(total)} rows`,
  failed: 'The list could not be read',
  nothing: 'This list is empty',
  allRows: 'all rows',
  position: 'No.',
  students: (count: number) => plural(count, { one: 'one student', other: `${number(count)} students` }),
  noStudents: 'Nobody is in this class now',
  empty: 'Empty columns',
  emptyColumns: (count: number) =>
    count === 0
      ? 'No empty columns'
      : plural(count, { one: 'One empty column', other: `${number(count)} empty columns` }),
})
