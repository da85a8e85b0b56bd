/** Pasting many students from a spreadsheet. */
import type { Formats } from './formats.ts'

/** Heads that schools use for a field, beside its label. */
const heads = {
  fullName: ['name', 'full name', 'student', 'student name', 'pupil'],
  givenName: ['first name', 'given names', 'forename', 'first'],
  familyName: ['last name', 'surname', 'family', 'last'],
  middleName: ['middle', 'middle names'],
  preferredName: ['nickname', 'known as', 'called', 'preferred'],
  number: ['number', 'student no', 'student id', 'id', 'no', 'admission number', 'student no.'],
  email: ['e-mail', 'email address', 'mail'],
  birthDate: ['born', 'birth date', 'birthday', 'birthdate', 'dob', 'date of birth'],
  gradeLevel: ['grade level', 'year', 'level', 'class year', 'year group'],
  status: ['state'],
  programId: ['programme', 'course of study'],
  isInternational: ['international', 'overseas'],
  isCoop: ['co-op', 'coop', 'co op'],
}

const problems = ({ date, number }: Formats) => ({
  givenName: 'Enter a given name',
  familyName: 'Enter a family name',
  email: 'Enter an email address like name@school.example',
  birthDate: `Enter a date like ${date('2015-07-07')}, with the month as a word`,
  unclearDay: 'Say above whether the day or the month comes first',
  programId: 'There is no such program. Use a program of this school',
  status: 'Enter Active or Inactive',
  flag: 'Enter yes or no',
  tooLong: 'This is too long. Shorten it',
  invalid: 'This cannot be used. Enter something else',
  twice: (row: number) => `Row ${number(row)} has this number too`,
})

export const paste = (formats: Formats) => {
  const { number, plural } = formats
  const rows = (count: number) => plural(count, { one: 'one row', other: `${number(count)} rows` })
  const students = (count: number) => plural(count, { one: 'one student', other: `${number(count)} students` })
  return {
    title: 'Paste students',
    back: 'Students',
    label: 'Rows from your spreadsheet',
    hint: 'In the spreadsheet, select the rows with their heads, copy them, and paste them here. Commas work too.',
    look: 'Check the rows',
    nothing: 'There are no rows in this. Copy them from the spreadsheet again.',
    again: 'Paste other rows',
    tooMany: (all: number, max: number) =>
      `${number(all)} rows were pasted. These are the first ${number(max)}; paste the others afterwards.`,
    columnsTitle: 'Columns',
    columnLabel: (head: string) => `Column ${head}`,
    columnNumber: (index: number) => `${number(index)}`,
    leaveOutColumn: 'Leave out',
    firstIsHeads: 'The first row holds the heads',
    dayOrder: 'Dates such as 07/08/2015',
    dayOrders: { '': 'Choose how to read them', dayFirst: '7 August: day first', monthFirst: 'July 8: month first' },
    fullName: 'Name (family, given)',
    heads,
    yes: ['yes', 'y', 'true', 'x', '1'],
    no: ['no', 'n', 'false', '0'],
    table: 'Pasted rows, one per student',
    row: 'Row',
    problem: 'To do',
    ready: 'Ready',
    leftOut: 'Left out',
    cellLabel: (field: string, row: number) => `${field}, row ${number(row)}`,
    take: 'Add',
    takeRow: (row: number) => `Add row ${number(row)}`,
    summary: (ready: number, bad: number, out: number) =>
      [
        `${number(ready)} ready`,
        bad ? plural(bad, { one: 'one row needs another look', other: `${number(bad)} rows need another look` }) : '',
        out ? `${number(out)} left out` : '',
      ]
        .filter(Boolean)
        .join(', '),
    onlyBad: 'Show only rows to look at',
    leaveOutBad: (count: number) => `Leave out ${rows(count)}`,
    add: (count: number) => `Add ${students(count)}`,
    adding: 'Adding',
    added: (count: number) => `Added ${students(count)}`,
    undo: 'Undo',
    undone: 'Undone: they are archived',
    noName: 'Choose which columns hold the family name and the given name.',
    refused: 'Nothing was added. The marked rows cannot be saved as they are.',
    firstBad: 'Some rows need another look. Correct them, or leave them out.',
    problems: problems(formats),
  }
}
