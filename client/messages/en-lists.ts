/** Lists that people keep: saved views, columns, files, paper. */
import type { Formats } from './formats.ts'

export const lists = ({ number, list, plural }: Formats) => ({
  usual: 'Usual view',
  own: 'Your views',
  shared: 'Views for everybody',
  save: 'Save this view…',
  manage: 'Change or delete views…',
  name: 'Name',
  nameHint: 'It keeps the filters, the order and the columns.',
  isShared: 'Show it to everybody at this school',
  replace: 'Take over the filters, order and columns as they are now',
  nameMissing: 'Enter a name for this view',
  saveTitle: 'Save this view',
  saveDo: 'Save view',
  saved: (name: string) => `Saved the view “${name}”`,
  manageTitle: 'Saved views',
  changeTitle: (name: string) => `Change the view “${name}”`,
  changeDo: 'Save changes',
  changed: (name: string) => `Changed the view “${name}”`,
  change: 'Change',
  changeOne: (name: string) => `Change the view ${name}`,
  remove: 'Delete',
  removeOne: (name: string) => `Delete the view ${name}`,
  removed: (name: string) => `Deleted the view “${name}”`,
  forEverybody: 'For everybody',
  forYou: 'Only for you',
  by: (owner: string) => `For everybody, by ${owner}`,
  none: 'No saved views any more.',
  columns: 'Columns',
  export: 'Export as CSV',
  print: 'Print all rows',
  exporting: 'Exporting the list',
  read: (count: number, total: number | undefined) =>
    total === undefined ? `${number(count)} rows so far` : `${number(count)} of ${number(total)} rows`,
  stop: 'Cancel export',
  exported: (count: number) => plural(count, { one: 'Exported one row', other: `Exported ${number(count)} rows` }),
  exportFailed: 'The list could not be exported',
  filters: (words: readonly string[]) => (words.length ? `Shown: ${list([...words])}` : 'Shown: all'),
})

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
  nothing: 'Nobody and nothing is on this list',
  table: (title: string) => `${title}, all rows`,
  position: 'No.',
  students: (count: number) => plural(count, { one: 'one student', other: `${number(count)} students` }),
  noStudents: 'Nobody is in this class now',
  empty: 'Empty columns',
  emptyColumns: (count: number) =>
    count === 0
      ? 'No empty columns'
      : plural(count, { one: 'One empty column', other: `${number(count)} empty columns` }),
})
