/** A student's days at the school: how she came, how she left, and when. */
import type { schoolEntryTypes, schoolExitTypes } from '../../../db/values.ts'
import type { Formats } from '../formats.ts'

const entryTypes: Record<(typeof schoolEntryTypes)[number], string> = {
  new: 'New student',
  transfer: 'From another school',
  reentry: 'Came back',
  nextYear: 'From the year before',
  other: 'Another way',
}

type ExitType = (typeof schoolExitTypes)[number]
const exitTypes: Record<ExitType, string> = {
  endOfYear: 'End of the year',
  graduated: 'Graduated',
  completed: 'Completed',
  transferred: 'To another school',
  withdrawn: 'Withdrawn',
  dropout: 'Dropped out',
  expelled: 'Expelled',
  noShow: 'Never came',
  invalid: 'Entered by mistake',
  died: 'Died',
  other: 'Another reason',
}

const leaving = ({ date, number, plural }: Formats) => ({
  open: 'Leaves the school',
  title: (name: string) => `${name} leaves the school`,
  submit: 'Save last day',
  lastDay: 'Last day at this school',
  lastDayHint: 'A day that has passed, today, or one still to come',
  coming: (day: string) => `The last day is entered already: ${date(day)}. What you enter here takes its place.`,
  missingLastDay: 'Enter the last day at this school',
  firstDay: 'First day at this school',
  firstDayHint: 'No first day is known yet',
  missingFirstDay: 'Enter the first day at this school',
  how: 'How the student leaves',
  chooseHow: 'Choose how the student leaves',
  endsClasses: (classes: number) =>
    plural(classes, { one: 'End one class on that day', other: `End ${number(classes)} classes on that day` }),
  leavesWaitlists: (waitlists: number) =>
    plural(waitlists, { one: 'Take off one waitlist now', other: `Take off ${number(waitlists)} waitlists now` }),
  freesSeats: 'Seats that become free go to students who wait.',
  toast: (name: string, day: string) => `${name}: last day is ${date(day)}`,
})

const returning = ({ date }: Formats) => ({
  open: 'Comes back',
  title: (name: string) => `${name} comes back`,
  submit: 'Save first day',
  toast: (name: string, day: string) => `${name} is back from ${date(day)}`,
})

const adding = ({ date }: Formats) => ({
  open: 'Add entry day',
  title: (name: string) => `When ${name} came to this school`,
  submit: 'Add entry day',
  toast: (name: string, day: string) => `${name} is at this school from ${date(day)}`,
})

export const schoolEnrollments = (formats: Formats) => ({
  title: 'At this school',
  list: (name: string) => `Days of ${name} at this school`,
  none: 'No entry day is known. The status alone says whether the student is here.',
  span: (first: string, last: string | null) =>
    last ? `${formats.date(first)} to ${formats.date(last)}` : `Since ${formats.date(first)}`,
  coming: (first: string, last: string | null) =>
    last ? `${formats.date(first)} to ${formats.date(last)}` : `From ${formats.date(first)}`,
  leavesOn: (day: string) => `Last day at this school: ${formats.date(day)}`,
  partTime: (fte: string) => `${formats.number(Number(fte) * 100)} % of full time`,
  /** How somebody left, and where to. */
  went: (how: ExitType | null | undefined, where: string | null | undefined) => {
    if (!where) return how ? exitTypes[how] : ''
    return how ? `${exitTypes[how]}: ${where}` : `To ${where}`
  },
  entryTypes,
  exitTypes,
  codes: { entryType: entryTypes, exitType: exitTypes } as Record<string, Record<string, string>>,
  leave: leaving(formats),
  comeBack: returning(formats),
  add: adding(formats),
  edit: (span: string) => `Change: ${span}`,
  editTitle: (name: string) => `${name} at this school`,
  firstDay: 'First day',
  lastDay: 'Last day',
  missingFirstDay: 'Enter the first day',
  grade: 'Grade',
  noGrade: 'As on the student',
  came: 'How the student came',
  left: 'How the student left',
  unknown: 'Not known',
  destination: 'Where to',
  destinationHint: 'The next school or place, if known',
  fte: 'Part of full time',
  fteHint: '1 is full time, 0.5 is half',
  save: 'Save changes',
  remove: 'Take these days away',
  removeHint: 'Only for days that should not have been entered.',
  savedToast: (name: string) => `Saved the days of ${name} at this school`,
  removedToast: (name: string) => `The days of ${name} are taken away`,
  undo: 'Undo',
  undone: 'Undone: everything is as it was before',
})
