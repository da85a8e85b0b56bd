/** Pasting many records from a spreadsheet. */
import type { Formats } from '../formats.ts'

const problems = ({ date, number }: Formats) => ({
  /** A spreadsheet wrote 7.7E+11. */
  shortened:
    'The spreadsheet has shortened this number. Type it here, or make the column a text there and copy it again',
  day: `Enter a date like ${date('2015-07-07')}, with the month as a word`,
  unclearDay: 'Say above whether the day or the month comes first',
  /** And then which. */
  oneOf: 'Enter one of these:',
  flag: 'Enter yes or no',
  unknown: (name: string) => `“${name}” is not known here. Use a name or a code`,
  several: (name: string) => `Several are called “${name}”. Use a code`,
  /** And then what. */
  twice: (row: number) => `Same as row ${number(row)}:`,
})

/** Rows that are in the register, or in the block, already. */
const known = ({ number }: Formats) => ({
  same: 'In the register already, nothing to change',
  allSame: 'All of this is in the register already. There is nothing to add.',
  notCompared: 'The rows could not be compared with the register.',
  compareAgain: 'Compare again',
  choice: (row: number) => `What to do with row ${number(row)}`,
  choices: {
    '': 'Choose what to do',
    skip: 'Skip',
    add: 'Add all the same',
    join: (row: number) => `Complete row ${number(row)} with it`,
    update: (name: string) => `Update ${name}`,
  },
  allKnown: 'Rows that are known already',
  allChoices: { '': 'Choose row by row', skip: 'Skip all', update: 'Update all', add: 'Add all the same' },
  known: (fields: string) => `In the register; other here: ${fields}`,
  knownArchived: (name: string) => `${name} is archived. Restore the record instead of adding it`,
  several: (name: string, count: number) => `${number(count)} in the register are called ${name}`,
  emptyStay: 'Empty cells change nothing in records that are updated.',
  nowIs: (value: string) => `In the register: ${value || 'empty'}`,
  separator: 'Separator',
})

const countedRows =
  ({ number, plural }: Formats) =>
  (count: number) =>
    plural(count, { one: 'one row', other: `${number(count)} rows` })

/** Records that rows name and that are not there. */
const unknown = ({ number, plural }: Formats) => ({
  unknownNames: {
    department: (names: string) => `Departments that are not known here: ${names}.`,
    program: (names: string) => `Programs that are not known here: ${names}.`,
    course: (names: string) => `Courses that are not known here: ${names}.`,
    room: (names: string) => `Rooms that are not known here: ${names}.`,
  },
  addUnknown: {
    department: (count: number) =>
      plural(count, { one: 'Add this department', other: `Add these ${number(count)} departments` }),
    program: (count: number) =>
      plural(count, { one: 'Add this program', other: `Add these ${number(count)} programs` }),
    course: (count: number) => plural(count, { one: 'Add this course', other: `Add these ${number(count)} courses` }),
    room: (count: number) => plural(count, { one: 'Add this room', other: `Add these ${number(count)} rooms` }),
  },
})

/** The columns of the block, and its rows that are no records. */
const block = (formats: Formats) => {
  const { number, plural } = formats
  const rows = countedRows(formats)
  return {
    columnLabel: (head: string) => `Column ${head}`,
    columnNumber: (index: number) => `${number(index)}`,
    leaveOutColumn: 'Leave out',
    hasHeads: (count: number) =>
      plural(count, { one: 'The first row holds the heads', other: `The first ${number(count)} rows hold the heads` }),
    dayOrder: 'Dates such as 07/08/2015',
    dayOrders: { '': 'Choose how to read them', dayFirst: '7 August: day first', monthFirst: 'July 8: month first' },
    /** The order in which the school writes dates itself. */
    dayOrdersHere: {
      dayFirst: '7 August: day first, as this school writes dates',
      monthFirst: 'July 8: month first, as this school writes dates',
    },
    daysDecided: (cell: string, isDayFirst: boolean) =>
      `Dates are read with the ${isDayFirst ? 'day' : 'month'} first, since ${cell} can be read in no other way.`,
    nameOrder: (head: string) => `Order of the names in ${head}`,
    nameOrders: { familyLast: 'Family name last', familyFirst: 'Family name first' },
    /** How a whole name was read. */
    names: (given: string, family: string) => (given ? `${family || '–'}, ${given}` : family),
    recase: 'Write names in capitals as Names',
    download: (count: number) => `Download ${rows(count)} left out`,
    leftOutFile: 'left out',
    why: { total: 'Left out: a total, not a record', heads: 'Left out: the heads again' },
    whyHead: 'Left out because',
    totals: ['total', 'totals', 'grand total', 'subtotal', 'sum', 'count', 'average', 'page', 'printed', 'as of'],
    stay: (count: number) =>
      plural(count, {
        one: 'The others are added. The row that was left out is still here: correct and add it, or download it.',
        other: `The others are added. The ${number(count)} rows that were left out are still here: correct and add them, or download them.`,
      }),
  }
}

export const paste = (formats: Formats) => {
  const { number, plural } = formats
  const rows = countedRows(formats)
  return {
    label: 'Rows from your spreadsheet',
    hint: 'In the spreadsheet, select the rows with their heads, copy them, and paste them here. The text of a CSV file works too.',
    look: 'Check the rows',
    nothing: 'There are no rows in this. Copy them from the spreadsheet again.',
    again: 'Paste other rows',
    tooMany: (all: number, max: number) =>
      `${number(all)} rows were pasted. These are the first ${number(max)}; paste the others afterwards.`,
    ...block(formats),
    ...unknown(formats),
    fullName: 'Name (family, given)',
    yes: ['yes', 'y', 'true', 'x', '1'],
    no: ['no', 'n', 'false', '0'],
    row: 'Row',
    problem: 'To do',
    ready: 'Ready',
    leftOut: 'Left out',
    rowLabel: (row: number) => `row ${number(row)}`,
    take: 'Add',
    takeRow: (row: number) => `Add row ${number(row)}`,
    summary: (ready: number, bad: number, out: number, same: number) =>
      [
        `${number(ready)} ready`,
        same ? `${number(same)} in the register already` : '',
        bad ? plural(bad, { one: 'one row needs another look', other: `${number(bad)} rows need another look` }) : '',
        out ? `${number(out)} left out` : '',
      ]
        .filter(Boolean)
        .join(', '),
    onlyBad: 'Show only rows to look at',
    leaveOutBad: (count: number) => `Leave out ${rows(count)}`,
    adding: 'Adding',
    ...known(formats),
    undo: 'Undo',
    undone: 'Undone',
    /** And then what. */
    missing: 'Choose which columns hold these:',
    refused: 'Nothing was added. The marked rows cannot be saved as they are.',
    addedMeanwhile:
      'Nothing was added: somebody else has added the same meanwhile. Choose at the marked rows what to do.',
    firstBad: 'Some rows need another look. Correct them, or leave them out.',
    problems: problems(formats),
  }
}
