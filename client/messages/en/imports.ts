/** A bundle of files comes in, and is taken back. */
import type { FileKind } from '../../../server/oneroster/read/files.ts'
import type { Outputs } from '../../trpc.ts'
import type { Formats } from '../formats.ts'
import { ending, missing } from './imports-missing.ts'
import { sources } from './imports-sources.ts'

type Import = Outputs['imports']['get']
type Totals = NonNullable<Import['report']>['totals']
type Entity = keyof Totals
type CountedAs = 'new' | 'changed' | 'archived'

const entities: Record<Entity, string> = {
  school: 'This school',
  academicSession: 'Terms',
  course: 'Courses',
  room: 'Rooms',
  student: 'Students',
  instructor: 'Instructors',
  guardian: 'Guardians',
  studentGuardian: 'Guardians of students',
  class: 'Classes',
  classTerm: 'Terms of classes',
  classInstructor: 'Assignments',
  enrollment: 'Enrollments',
}
const counted: Record<CountedAs, string> = { new: 'New', changed: 'Changed', archived: 'Archived' }
const which: Record<CountedAs, string> = { new: 'new', changed: 'changed', archived: 'archived' }

const states: Record<Import['state'], string> = {
  arriving: 'Being read',
  comparing: 'Being compared',
  ready: 'Waits for you',
  applying: 'Being brought in',
  done: 'Brought in',
  failed: 'Not read',
  canceled: 'Dropped',
}

const drop = ({ number, plural }: Formats) => ({
  invitation: 'Drop a OneRoster zip, a folder, or its files here.',
  hint: 'You see what would change before anything does. Columns with passwords are not read.',
  dates: 'Dates such as 6/5/2010, where the files leave it open',
  asFilesTell: 'Do not read them',
  monthFirst: 'Month first: June 5',
  dayFirst: 'Day first: 6 May',
  chooseFiles: 'Choose files',
  chooseFolder: 'Choose a folder',
  sending: 'Sending the files',
  reading: 'The server reads the files',
  stop: 'Stop sending',
  mixed: 'Drop one zip, or the files of one bundle, not both.',
  none: 'There is no zip and no CSV file among these. Drop the zip, the folder or the files that your other system has exported.',
  unreadable: 'The browser could not read these files. Close them in other programs, then drop them again.',
  filesName: (first: string, others: number) =>
    others ? `${first} and ${plural(others, { one: '1 more file', other: `${number(others)} more files` })}` : first,
})

const decide = ({ number, plural }: Formats) => ({
  rejected: (rows: number) =>
    plural(rows, {
      one: '1 row cannot be brought in. Mend it in its file and drop the files again, or leave it out.',
      other: `${number(rows)} rows cannot be brought in. Mend them in their files and drop the files again, or leave them out.`,
    }),
  leaveOut: (rows: number) =>
    plural(rows, { one: 'Leave this row out', other: `Leave these ${number(rows)} rows out` }),
  shrunk: (file: string, school: string, rows: number, before: number) =>
    `${file} keeps ${number(rows)} rows of ${school}; the last complete bundle had ${number(before)}. Was it cut short?`,
  fewLeft: (school: string, rows: number, before: number) =>
    `Of ${number(before)} open enrollments and assignments of ${school}, ${number(rows)} would be left. Were the files cut short?`,
  fewer: 'So few rows are right',
  apply: (changes: number) =>
    changes
      ? plural(changes, { one: 'Bring in 1 change', other: `Bring in ${number(changes)} changes` })
      : 'Nothing to bring in',
  drop: 'Drop this import',
})

const findings = ({ number, plural }: Formats) => ({
  rejected: 'Rows that cannot be brought in',
  warnings: 'Rows to look at',
  titled: (kind: 'rejected' | 'warnings', total: number) =>
    kind === 'rejected'
      ? plural(total, {
          one: '1 row that cannot be brought in',
          other: `${number(total)} rows that cannot be brought in`,
        })
      : plural(total, { one: '1 row to look at', other: `${number(total)} rows to look at` }),
  columns: { file: 'File', line: 'Line', column: 'Column', message: 'What is wrong', more: 'More such lines' },
  place: (file: string, line: number, column: string | undefined) =>
    `${file}, line ${line}${column ? `, column ${column}` : ''}`,
  andMore: (more: number) => plural(more, { one: ' (and 1 more line)', other: ` (and ${number(more)} more lines)` }),
  first: (count: number) => `The first ${number(count)} are shown; the file has more.`,
  download: 'Download as a file',
})

const undoing = ({ number, plural }: Formats) => ({
  title: (name: string) => `Take back ${name}?`,
  submit: 'Take the import back',
  takesBack: (records: number) =>
    plural(records, {
      one: '1 record becomes what it was before the import. What the import added is archived.',
      other: `${number(records)} records become what they were before the import. What the import added is archived.`,
    }),
  changed: (total: number) =>
    plural(total, {
      one: '1 record stays as it is, because somebody changed it since:',
      other: `${number(total)} records stay as they are, because somebody changed them since:`,
    }),
  used: (total: number) =>
    plural(total, {
      one: '1 record stays, because another needs it:',
      other: `${number(total)} records stay, because others need them:`,
    }),
  record: (entity: string, name: string | null) => {
    const kind = (entities as Record<string, string>)[entity] ?? entity
    return name ? `${kind}: ${name}` : kind
  },
  more: (count: number) => `and ${number(count)} more`,
  school: 'The school’s own name stays as the import wrote it.',
  done: (changed: number) =>
    plural(changed, {
      one: 'The import is taken back: 1 record',
      other: `The import is taken back: ${number(changed)} records`,
    }),
})

const outside = ({ number, list }: Formats) => ({
  title: 'Schools that stay as they are',
  hint: 'The files also speak of these. You cannot import there, or they are not in this register.',
  rows: (rows: Partial<Record<FileKind, number>>) =>
    list(Object.entries(rows).map(([file, count]) => `${number(count)} in ${file}.csv`)),
  adopt: (school: string) => `This is ${school}`,
})

/** What people ask for first comes first. */
const asked = ['student', 'instructor', 'class', 'enrollment'] as string[]
const place = (entity: string) => (asked.includes(entity) ? asked.indexOf(entity) : asked.length)

/** In the table of what an import did. */
function did({ number, list }: Formats, totals: Record<string, Record<string, number>>): string {
  const ordered = Object.entries(totals).toSorted(([a], [b]) => place(a) - place(b))
  const parts = ordered.flatMap(([entity, of]) => {
    const sum = Object.values(of).reduce((all, one) => all + one, 0)
    return sum ? `${(entities as Record<string, string>)[entity] ?? entity}: ${number(sum)}` : []
  })
  return parts.length ? list(parts) : 'The school alone'
}
const didEnd = (formats: Formats, totals: Record<string, Record<string, number>>) => `Ended: ${did(formats, totals)}`

const changes = {
  title: (entity: Entity, sort: CountedAs) => `${entities[entity]}: ${which[sort]}`,
  label: 'What would change, one record per row',
  fields: 'What changes',
  fromTo: (before: string, after: string) => `${before} → ${after}`,
  before: 'Earlier',
  next: 'Further',
  pages: (page: string, pages: string) => `${page} of ${pages}`,
  noMore: 'No more of these are shown.',
}

const progress = {
  comparing: 'Comparing the files with the register',
  applying: 'Bringing the changes in',
  label: 'How far it is',
  hint: 'You can close this page. It goes on, and you find it again under Imports.',
  cancel: 'Stop this import',
}

export const imports = (formats: Formats) => ({
  title: 'Imports',
  intro: 'Students, instructors, classes and enrollments come in from another system as OneRoster files.',
  failed: 'The imports could not be loaded',
  open: 'Not brought in yet',
  past: 'Brought in',
  noPast: 'Nothing has been brought in yet.',
  columns: { name: 'Files', state: 'State', at: 'When', by: 'By', action: 'Action', kind: 'Records' },
  commandLine: 'The command line',
  undo: 'Take back',
  undoOf: (name: string) => `Take back ${name}`,
  undone: 'Taken back',
  did: (totals: Record<string, Record<string, number>>) => did(formats, totals),
  didEnd: (totals: Record<string, Record<string, number>>) => didEnd(formats, totals),
  states,
  entities,
  counted,
  totals: 'What changes, by kind of record',
  nothing: 'Everything in these files is in the register already.',
  show: (entity: Entity, sort: CountedAs, count: number) =>
    `${entities[entity]}, ${which[sort]}: show ${formats.number(count)}`,
  previewed: (source: string) =>
    source === 'default'
      ? 'Nothing is changed yet. Choose a number to see the records.'
      : `Nothing is changed yet. The files come from ${source}. Choose a number to see the records.`,
  renames: (name: string, given: string) =>
    name === given
      ? 'From then on this school is known by the ids of these files.'
      : `The files call this school ${given}: it takes that name, and is known by their ids from then on.`,
  canceled: 'This import was dropped. Nothing was changed.',
  notes: 'About the files',
  system: {
    title: 'The system of these files',
    label: 'Name of the system',
    hint: 'Only where the files do not name it, and two systems may use the same ids',
    submit: 'Compare again',
  },
  changed: 'What was changed, by kind of record',
  done: { title: 'The files are brought in.', students: 'Open the students', undo: 'All imports' },
  drop: drop(formats),
  decide: decide(formats),
  findings: findings(formats),
  undoing: undoing(formats),
  outside: outside(formats),
  missing: missing(formats, entities),
  ending: ending(formats),
  sources: sources(formats),
  changes,
  progress,
})
