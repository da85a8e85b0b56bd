/** Taking back, and why it can't be done. */
import type { About } from '../../undo/own-operations.ts'
import type { InTheWay } from '../../undo/use-why-not.ts'
import type { Formats } from '../formats.ts'
import { deedOf } from './deeds.ts'

const who = ({ by, way }: InTheWay) => by ?? (way === 'import' ? 'An import' : 'The command line')

export const undo = (formats: Formats) => {
  const { number, plural } = formats
  const deed = deedOf(formats)
  return {
    nothing: {
      done: 'There is nothing of yours to take back since this page was opened.',
      undone: 'There is nothing to do again.',
    },
    toast: { undo: 'Undo', undone: 'Undone: everything is as it was before' },
    busy: 'Something is still being saved. Try again in a moment.',
    again: 'Do it again',
    back: (about: About) => `Taken back: ${deed(about)}`,
    forth: (about: About) => `Done again: ${deed(about)}`,
    changed: (record: InTheWay, more: number) => {
      const others = plural(more, { one: ' and one more record', other: ` and ${number(more)} more records` })
      const what = `${record.name}${more ? others : ''}`
      return `${who(record)} has changed ${what} since, so this cannot be undone. Change it by hand.`
    },
  }
}
