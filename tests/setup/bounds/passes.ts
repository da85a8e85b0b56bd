/** Which queries may look at every row of a table of the school, once. Every other one reads what it shows. */

const everything = ['students', 'guardians', 'classes', 'courses', 'instructors', 'rooms'] as const
/** A school has one or two calendars, and a handful of bell schedules. */
const bells = ['calendars', 'bell_schedules']
const passes: Record<string, readonly string[]> = {
  'calendars.days': bells,
  'periods.list': ['periods', 'bell_schedules', 'bell_times'],
  'meetings.conflicts': bells,
  // All that takes a room or an instructor at these hours is looked for, and what is left of them comes.
  'meetings.free': ['meetings', 'rooms', 'instructors', 'periods', ...bells],
  'meetings.list': bells,
  // By time, all that meets on the day is put in order.
  'meetings.master': ['meetings', 'rooms', ...bells],
  'meetings.ofClasses': bells,
  'meetings.studentConflicts': bells,
  'meetings.week': bells,
  // All that meets is compared for those that collide, and the answer is kept until a meeting changes.
  'classes.list': ['meetings', 'class_instructors', ...bells],
  // Titles have no index of their own, and a school's classes are few.
  'classes.alike': ['classes'],
  // A filter may fit one row or all.
  'classes.count': ['classes'],
  'guardians.count': ['guardians'],
  'students.count': ['students'],
  'students.list': ['students'],
  // These come whole.
  'courses.list': ['courses'],
  'instructors.list': ['instructors'],
  'rooms.list': ['rooms'],
  // What a new school has already is counted; home asks until it has students and classes.
  'home.beginning': ['classes', 'courses', 'instructors', 'rooms', 'students'],
  // Its figures are kept until the journal tells of a change of theirs.
  'home.figures': ['students', 'school_enrollments', 'classes'],
  // What needs attention is counted.
  'home.get': ['students', 'classes', 'meetings', ...bells],
  'students.duplicates': ['students'],
  // Any part of a name is found.
  'search.find': everything,
  // A version has a handful of them.
  'system.get': ['backfills'],
}

/** What is counted for each row, from an index that begins with it: all of it together, where every row is looked at. */
const counted: Record<string, readonly string[]> = {
  'classes.count': ['enrollments', 'class_terms', 'class_instructors', 'meetings'],
  'classes.list': ['classes', 'enrollments', 'class_terms', 'class_instructors', 'meetings'],
  'courses.list': ['classes'],
  'departments.list': ['courses', 'instructors', 'programs'],
  'academicSessions.list': ['class_terms'],
  'guardians.list': ['guardians'],
  'home.figures': ['enrollments', 'class_terms', 'courses', 'journal'],
  'home.get': ['enrollments', 'class_terms', 'class_instructors', 'journal'],
  // All that an import changed is looked at.
  'imports.previewUndo': ['journal', 'journal_values', 'students', 'school_enrollments', 'classes', 'guardians'],
  'instructors.list': ['class_instructors'],
  // An import is one operation with all that it changed.
  'journal.list': ['journal'],
  // PostgreSQL may begin with all that meets at these hours, and who is in it.
  'meetings.conflicts': ['meetings', 'enrollments'],
  'meetings.free': ['classes', 'class_instructors'],
  'meetings.master': ['classes', 'class_instructors'],
  'programs.list': ['students'],
  'rooms.list': ['classes'],
  'search.find': ['class_terms'],
}

/** Their first pages come in the order of an index, and end with the last row that is shown. */
const paged = new Set(['classes.list', 'guardians.list', 'students.list'])
export const isFirstPage = (path: string, input: unknown) => paged.has(path) && JSON.stringify(input) === '{}'

export const passesOfQuery = (path: string): readonly string[] => passes[path] ?? []
export const tablesOfQuery = (path: string): string[] => [...passesOfQuery(path), ...(counted[path] ?? [])]
export const namedQueries = [...new Set([...Object.keys(passes), ...Object.keys(counted)])]

/** Nobody who is signed in, has no link and does not own the register gets an answer. */
export const unanswered = ['flags.findPeople', 'invitation.get', 'moves.get', 'setup.get']
