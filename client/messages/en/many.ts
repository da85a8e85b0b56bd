/** Many at once: the bar of the chosen rows, what happened, and what could not be done. */
import type { RecordEntity } from '../../../db/values.ts'
import type { DependentOf } from '../../../server/kinds.ts'
import type { DependentSentences } from '../../records/record-words.ts'
import type { Formats } from '../formats.ts'

const standing = ({ number, plural }: Formats): DependentSentences<DependentOf<RecordEntity>> => {
  const linked = (one: string, others: string) => (count: number) =>
    plural(count, { one: `One ${one} is linked to them`, other: `${number(count)} ${others} are linked to them` })
  return {
    academicSession: linked('shorter term', 'shorter terms'),
    class: linked('class', 'classes'),
    classInstructor: linked('instructor', 'instructors'),
    course: linked('course', 'courses'),
    enrollment: (count) =>
      plural(count, { one: 'One enrollment is still open', other: `${number(count)} enrollments are still open` }),
    instructor: linked('instructor', 'instructors'),
    meeting: (count) =>
      plural(count, { one: 'One meeting is planned', other: `${number(count)} meetings are planned` }),
    program: linked('program', 'programs'),
    student: linked('student', 'students'),
  }
}

export const many = (formats: Formats) => {
  const { number, list } = formats
  return {
    selected: (count: number) => `${number(count)} selected`,
    /** Chosen ones that a search hides. */
    elsewhere: (names: readonly string[]) =>
      `with ${list(names.length > 3 ? [...names.slice(0, 2), `${number(names.length - 2)} more`] : [...names])}`,
    selectAll: (count: number) => `Select all ${number(count)}`,
    clear: 'Clear selection',
    done: 'Done',
    archive: 'Archive',
    restore: 'Restore',
    export: 'Export',
    working: 'Saving',
    undo: 'Undo',
    /** And then what was to be set. */
    nothingSet: 'All of them have this already:',
    nothing: 'empty',
    undone: 'Undone: everything is as it was before',
    tooManyNamed: (max: number) =>
      `At most ${number(max)} can be selected one by one. Select all, or narrow the list first.`,
    tooManyAtOnce: (max: number) => `At most ${number(max)} can be changed at once. Narrow the list first.`,
    standing: standing(formats),
    names: (names: string[], areMore: boolean) => (areMore ? `${names.join(', ')} and others` : list(names)),
    keep: 'Archive and keep them as they are',
    history: 'Whatever is archived stays in the history and can be restored.',
    reload: 'Show the list as it is now',
    andMore: (count: number) => `and ${number(count)} more`,
  }
}
