/** What the pictures of Home say. */
import type { Formats } from '../formats.ts'

const noon = (day: string) => new Date(`${day}T12:00:00Z`)

export const figures = ({ locale, number, plural }: Formats) => {
  const weekdays = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' })
  const days = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' })
  const students = (count: number) => plural(count, { one: '1 student', other: `${number(count)} students` })
  const difference = (more: number) => {
    if (more === 0) return 'as many as'
    return more > 0 ? `${number(more)} more than` : `${number(-more)} fewer than`
  }
  return {
    enrollment: 'Students by grade',
    atSchool: (count: number) => plural(count, { one: '1 active student', other: `${number(count)} active students` }),
    /** `all` is put in as it comes, with a link. */
    compared: (all: string, more: number, isByGrade: boolean) =>
      `${all}, ${difference(more)} a year ago${isByGrade ? ' (the line across a column)' : ''}`,
    /** After the name of a grade. */
    inGrade: (count: number, before: number | null) =>
      `${students(count)}${before === null ? '' : `, a year ago ${number(before)}`}`,
    noGrade: 'No grade level',
    noGradeShort: 'None',
    week: 'Changes day by day',
    weekday: (day: string) => weekdays.format(noon(day)),
    changesOn: (day: string, count: number) =>
      `${days.format(noon(day))}: ${plural(count, { one: '1 change', other: `${number(count)} changes` })}`,
    seatsLeft: 'Seats',
    seatHeads: { taken: 'Taken', left: 'Classes with seats left', full: 'Full' },
    taken: (taken: number, seats: number) => `${number(taken)} of ${number(seats)}`,
    allClasses: 'All classes',
    /** After the name of a department. */
    classesWith: {
      left: (count: number) => plural(count, { one: '1 with seats left', other: `${number(count)} with seats left` }),
      full: (count: number) => plural(count, { one: '1 full', other: `${number(count)} full` }),
    },
    noClasses: (term: string | null) => (term ? `No class is offered in ${term}.` : 'No classes yet.'),
  }
}
