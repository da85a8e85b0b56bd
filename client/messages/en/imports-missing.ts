/** What the register has and the files of an import lack, and how it ends. */
import type { Formats } from '../formats.ts'

/** As lists on the page count them: a row of a file is one enrollment. */
const missingNouns = {
  student: { one: 'student', other: 'students' },
  instructor: { one: 'instructor', other: 'instructors' },
  guardian: { one: 'guardian', other: 'guardians' },
  class: { one: 'class', other: 'classes' },
  enrollment: { one: 'enrollment', other: 'enrollments' },
  classInstructor: { one: 'assignment', other: 'assignments' },
} as const
type MissingKind = keyof typeof missingNouns

/** `entities` are what the page calls the kinds of records. */
export function missing({ number, plural, list }: Formats, entities: Record<MissingKind, string>) {
  const countOf = (kind: MissingKind) => (count: number) => `${number(count)} ${plural(count, missingNouns[kind])}`
  return {
    title: 'In the register and not in these files',
    hint: 'The files say that they are complete, so the other system may have removed these.',
    stays: 'They stay as they are.',
    peopleStay: 'People and classes stay as they are.',
    counted: {
      student: countOf('student'),
      instructor: countOf('instructor'),
      guardian: countOf('guardian'),
      class: countOf('class'),
      enrollment: countOf('enrollment'),
      classInstructor: countOf('classInstructor'),
    },
    names: (first: string[], count: number) =>
      count > first.length ? list([...first, `${number(count - first.length)} more`]) : list(first),
    label: (kind: MissingKind) => `${entities[kind]} that are not in these files`,
    unnamed: 'No longer in the register',
    file: 'Not in these files',
    columns: { kind: 'Records', name: 'Name', inClass: 'Class', school: 'School', sourcedId: 'Id in the other system' },
  }
}

export function ending({ number, plural }: Formats) {
  const those = (count: number) =>
    plural(count, { one: '1 enrollment or assignment', other: `${number(count)} enrollments and assignments` })
  return {
    end: (count: number) => `See what it means to end ${those(count)}`,
    leave: 'Leave them as they are',
    rejected: 'Enrollments can be ended once every row can be brought in: one of those rows may be what is missing.',
    chosen: (count: number) =>
      count
        ? `${those(count)} ${plural(count, { one: 'ends', other: 'end' })} today when you bring this in. They are among the changes above.`
        : 'Nothing ends: no open enrollment of this system is missing.',
    confirm: (count: number) => `End ${those(count)}?`,
    submit: (count: number) => `Bring in, and end ${number(count)}`,
    what: 'They end today, as if you had withdrawn the students, and seats go to those who wait. What has not begun is archived. People stay. It becomes a step of its own, which you can take back on the page Imports.',
    done: (count: number) =>
      plural(count, {
        one: '1 enrollment or assignment ended.',
        other: `${number(count)} enrollments and assignments ended.`,
      }),
  }
}
