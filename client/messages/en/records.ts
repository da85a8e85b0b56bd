/** What is said of any kind of record: its form, two people at it at once, archiving, its list. */
import type { SeenChange } from '../../records/use-edit.ts'
import type { Formats } from '../formats.ts'

type Author = Pick<SeenChange, 'by' | 'way'>

const form = ({ date }: Formats) => ({
  save: 'Save changes',
  edit: 'Edit',
  editTitle: (name: string) => `Edit ${name}`,
  addedToast: (name: string) => `Added ${name}`,
  savedToast: (name: string) => `Saved ${name}`,
  dateHint: `For example ${date('2026-09-01')}`,
  dateInvalid: `Enter a date like ${date('2026-09-01')}, with the month as a word`,
})

const leaving = {
  title: 'Leave without saving?',
  hint: 'What you typed on this page would be lost.',
  stay: 'Keep editing',
  leave: 'Leave without saving',
}

const ways: Record<Author['way'], string> = {
  import: 'An import',
  cli: 'The command line',
  screen: 'Somebody',
  api: 'An app',
}
const conflict = ({ instant }: Formats) => ({
  behind: 'Somebody else saved a change meanwhile. When you save, both are brought together.',
  /** And then which fields. */
  changed: ({ by, way }: Author, iso: string) => `${by ?? ways[way]} changed this on ${instant(iso)}:`,
  otherFields: 'Other details',
  apart: 'Their change does not touch yours and is shown in the form now.',
  field: 'Field',
  was: 'Before',
  theirs: 'Theirs',
  mine: 'Yours',
  keepMine: 'Keep mine and save',
  useTheirs: 'Use theirs',
  saveBoth: 'Save my changes too',
  nothing: 'empty',
})

const archiving = ({ list, number, plural }: Formats) => ({
  archive: 'Archive',
  restore: 'Restore',
  undo: 'Undo',
  undone: 'Undone: everything is as it was before',
  isArchived: (when: string) => `Archived ${when}. Off every list until restored.`,
  erase: 'Erase…',
  isErased: (when: string) => `Erased on ${when}. Nothing is known of this person any more.`,
  archivedToast: (name: string) => `${name} is archived`,
  restoredToast: (name: string) => `${name} is back on the lists`,
  question: (name: string) => `Archive ${name}?`,
  /** After a sentence such as "3 classes use this room": which ones. */
  names: (names: string[], count: number) => {
    const more = count - names.length
    return list(more > 0 ? [...names, plural(more, { one: 'one more', other: `${number(more)} more` })] : names)
  },
  history: 'Whatever is archived stays in the history and can be restored.',
  keep: 'Archive and keep them as they are',
})

const list = ({ number }: Formats) => ({
  count: (count: number, isFiltered: boolean) => (isFiltered ? `${number(count)} matching` : number(count)),
  shown: 'Shown',
  current: 'Not archived',
  archived: 'Archived',
  noMatch: (search: string) => `Nothing here has “${search}” in it.`,
  clear: 'Clear search',
  searched: (search: string) => `Search: “${search}”`,
  archivedOnly: 'Archived',
  toCurrent: 'Show those in use',
  archivedHint: 'What is archived is kept here and can be restored.',
  details: 'Details',
  more: (count: number) => `and ${number(count)} more`,
})

const classes = ({ number }: Formats) => ({
  title: 'Classes',
  columns: { title: 'Title', code: 'Code', instructors: 'Instructors', seats: 'Seats' },
  seats: (taken: number, capacity: number | null) =>
    capacity === null ? number(taken) : `${number(taken)} of ${number(capacity)}`,
})

/** What was typed before the page was loaded again. */
const drafts = {
  back: 'What you typed here before is back.',
  startOver: 'Start over',
}

/** Who else has a record open. */
const presence = ({ list, plural }: Formats) => ({
  viewing: (names: string[]) =>
    plural(names.length, {
      one: `${list(names)} has this open too.`,
      other: `${list(names)} have this open too.`,
    }),
  editing: (names: string[]) =>
    plural(names.length, {
      one: `${list(names)} is editing this now.`,
      other: `${list(names)} are editing this now.`,
    }),
})

/** The head of a record's history; the rest loads when it is opened. */
const history = {
  title: 'History',
  show: 'Show history',
  hide: 'Hide history',
}

export const records = (formats: Formats) => ({
  form: form(formats),
  leaving,
  drafts,
  presence: presence(formats),
  history,
  conflict: conflict(formats),
  archiving: archiving(formats),
  list: list(formats),
  classes: classes(formats),
})
