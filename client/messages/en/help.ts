import type { Formats } from '../formats.ts'

/** As keys are called on the keyboards of this language. */
const keys = {
  everywhere: [
    ['Ctrl+K', 'Search, or jump to a page'],
    ['?', 'This help'],
    ['Ctrl+Z', 'Take back what you did last'],
    ['Ctrl+Shift+Z', 'Do it again'],
    ['Escape', 'Close what is open'],
  ],
  list: [
    ['/', 'To the search field'],
    ['Down, Up', 'From row to row'],
    ['Page Down, Page Up, Home, End', 'Further in the list'],
    ['Enter', 'Open the row'],
    ['Space', 'Select the row'],
    ['Shift+Down, Shift+Up', 'Select several rows'],
  ],
  calendar: [
    ['Arrow keys', 'From day to day'],
    ['Page Down, Page Up', 'From month to month'],
  ],
  form: [['Enter', 'Save, from a field of one line']],
  waitlist: [
    ['Down, Up', 'On the dots before a name: move the student in the waitlist'],
    ['Enter', 'Keep the new place'],
  ],
} as const

export const help = ({ list, number, plural }: Formats) => ({
  title: 'Help',
  keysTitle: 'Keys',
  keysLabel: {
    everywhere: 'On every page',
    list: 'In this list',
    calendar: 'In the calendar',
    form: 'In this form',
    waitlist: 'In the waitlist',
  },
  keys: keys as Record<keyof typeof keys, readonly (readonly [key: string, does: string])[]>,
  key: 'Key',
  does: 'What it does',
  single: 'Use the keys / and ?, which are pressed alone',
  whole: 'All of the help',
  find: 'Search the help',
  placeholder: 'A word, such as waitlist',
  contents: 'Contents',
  table: (heads: string[]) => `Table of ${list(heads)}`,
  found: (count: number) => plural(count, { one: '1 section', other: `${number(count)} sections` }),
  nothing: (text: string) => `Nothing in the help says “${text}”`,
  nothingHint: 'Try a shorter word, or another word for it.',
})
