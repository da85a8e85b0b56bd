/** Many at once: the bar of the chosen rows, what happened, and what could not be done. */
import type { Formats } from './formats.ts'

export const many = ({ number, plural, list }: Formats) => {
  const students = (count: number) => plural(count, { one: 'one student', other: `${number(count)} students` })
  return {
    bar: 'Selected students',
    selected: (count: number) => `${number(count)} selected`,
    hint: 'Tap students to select them',
    selectAll: (count: number) => `Select all ${number(count)}`,
    clear: 'Clear selection',
    done: 'Done',
    setGrade: 'Set grade',
    setStatus: 'Set status',
    setProgram: 'Set program',
    noGrade: 'No grade',
    noProgram: 'No program',
    archive: 'Archive',
    restore: 'Restore',
    export: 'Export',
    working: 'Saving',
    undo: 'Undo',
    set: (what: string, count: number) => `${what} set for ${students(count)}`,
    nothingSet: (what: string) => `All of them have this already: ${what}`,
    archived: (count: number) => `Archived ${students(count)}`,
    restored: (count: number) => `Restored ${students(count)}`,
    undone: 'Undone: everything is as it was before',
    tooManyNamed: (max: number) =>
      `At most ${number(max)} can be selected one by one. Select all, or narrow the list first.`,
    inUse: (count: number) => `Archive ${students(count)}`,
    enrollments: (count: number) =>
      plural(count, {
        one: 'One enrollment is still open',
        other: `${number(count)} enrollments are still open`,
      }),
    inClasses: (names: string[]) => `In ${list(names)}`,
    inClassesAndMore: (names: string[]) => `In ${names.join(', ')} and others`,
    keep: 'Archive and keep the enrollments',
    end: 'Archive and withdraw them from their classes',
    history: 'Whatever is archived stays in the history and can be restored.',
    refused: (refused: number) =>
      `Nothing was changed: ${plural(refused, { one: 'one student', other: `${number(refused)} students` })} cannot be changed`,
    reload: 'Show the list as it is now',
    andMore: (count: number) => `and ${number(count)} more`,
  }
}
