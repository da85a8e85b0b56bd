/** The school's settings. */
import type { Formats } from '../formats.ts'

const sections = {
  school: 'School',
  week: 'Days of the week',
  grades: 'Grade levels',
  numbers: 'Student numbers',
  year: 'School year and terms',
  signIn: 'Signing in',
}

const school = {
  name: 'School name',
  nameMissing: 'Enter the school’s name',
  timeZone: 'Time zone',
  timeZoneHint: 'Days begin and end by it.',
  locale: 'Dates and numbers',
  example: (day: string, number: string) => `Written like ${day} and ${number}`,
}

const week = {
  open: 'The school is open on',
  hint: 'The week of a timetable shows these days, and meetings are set on them.',
  missing: 'Choose at least one day',
}

const grades = ({ list, number }: Formats) => ({
  hint: 'The names and the order that forms, lists and filters use. A student whose grade level is not among them keeps it.',
  usual: 'The usual ones are offered, from Infant or toddler to Grade 13. List your own to use other names or fewer.',
  name: (place: number) => `Name of grade level ${place}`,
  inFiles: (code: string) => `${code} in files`,
  up: (name: string) => `Move ${name} up`,
  down: (name: string) => `Move ${name} down`,
  remove: (name: string) => `Remove ${name}`,
  added: 'New grade level',
  tooLong: (length: number, most: number) =>
    `This name has ${number(length)} characters, and may have ${number(most)}. Put a comma between two names.`,
  addedHint: 'Such as Year 7, Grade 9 or Sixth form. Several at once with a comma between them.',
  add: 'Add',
  begin: {
    grades: 'Begin with Kindergarten to Grade 12',
    years: 'Begin with Year 1 to Year 13',
  },
  nameMissing: 'Enter a name, or remove this grade level',
  twice: (names: string[]) => `${list(names)} mean the same grade level. Keep one of them.`,
})

const numbers = {
  isGiven: 'Give each new student a number',
  hint: 'Students added or pasted without a number get the next one. A number is never given twice, not even after an undo.',
  pattern: 'Pattern',
  patternHint: '# is a digit. {year} is the year in which it is given, {yy} its last two digits.',
  patternInvalid: 'Put the digits together, as in {year}-####',
  from: 'Begin with number',
  fromInvalid: 'Enter a whole number from 1',
  next: (number: string) => `The next student gets ${number}`,
  example: (number: string) => `The first is ${number}`,
}

const year = {
  hint: 'The form of a new school year or term begins with these. Each year can differ.',
  begins: 'Usually begins',
  ends: 'Usually ends',
  termBegins: (name: string) => `${name} begins`,
  termEnds: (name: string) => `${name} ends`,
  month: (of: string) => `${of}: month`,
  day: (of: string) => `${of}: day`,
  noMonth: 'Month',
  noDay: 'Day',
  termName: (place: number) => `Name of term ${place}`,
  newTerm: (place: number) => `Term ${place}`,
  unnamed: 'This term',
  add: 'Add a term',
  remove: (name: string) => `Remove ${name}`,
  termInvalid: 'Give the term a name and both days, or remove it',
  yearInvalid: 'Choose the month and the day, or neither',
}

const hours = ({ number, plural }: Formats, count: number) =>
  plural(count, { one: '1 hour', other: `${number(count)} hours` })

const signIn = (formats: Formats) => ({
  hint: 'A session ends by itself after these times. They can be shorter than the server’s own, and never longer. Whoever belongs to several schools is held to the strictest.',
  idle: 'When nobody does anything',
  longest: 'In any case after signing in',
  minutes: (count: number) => formats.plural(count, { one: '1 minute', other: `${formats.number(count)} minutes` }),
  hours: (count: number) => hours(formats, count),
  ofRegister: (count: number) => `${hours(formats, count)} (the server’s own)`,
})

export const schoolSettings = (formats: Formats) => ({
  title: 'Settings',
  failed: 'The settings can’t be shown',
  save: 'Save changes',
  saved: 'Saved the settings',
  undo: 'Undo',
  undone: 'Undone: the settings are as they were before',
  sections,
  school,
  week,
  grades: grades(formats),
  numbers,
  year,
  signIn: signIn(formats),
})
