/**
 * This map says which kinds of record each query reads. After a change, one's own or somebody else's, the screens ask again
 * by it. A query without a line does not compile, and a test compares each line with the tables that the server reads.
 */
import type { JournalEntity, RecordEntity } from '../../db/values.ts'
import { isRecordEntity } from '../../db/values.ts'
import type { AppRouter } from '../../server/router.ts'

type Features = AppRouter['_def']['record']
/** The names of all procedures of one type, such as 'students.get'. */
type NamesOf<Type, Of extends keyof Features = keyof Features> = {
  [F in Of]: {
    [Verb in keyof Features[F]]: Features[F][Verb] extends { _def: { type: Type } } ? `${F}.${Verb & string}` : never
  }[keyof Features[F]]
}[Of]
export type QueryName = NamesOf<'query'>
export type MutationName<Of extends keyof Features = keyof Features> = NamesOf<'mutation', Of>

/** The journal is about every kind of record, and its screens show the names that the records have now. */
const every = 'every'
/** The calendar and the bells decide when classes meet. */
const days = ['calendar', 'calendarDay', 'bellSchedule', 'bellTime'] as const
/** Instructors see only students whom they teach. */
const taught = ['student', 'enrollment', 'classInstructor'] as const

/** A query reads these kinds of record for some role. */
export const reads: Record<QueryName, readonly JournalEntity[] | typeof every> = {
  'academicSessions.current': ['academicSession'],
  'academicSessions.get': ['academicSession', 'classTerm'],
  'academicSessions.list': ['academicSession', 'classTerm'],
  'apiTokens.list': ['membership'],
  'apiTokens.mine': ['membership'],
  'apiTokens.scopes': [],
  'calendars.days': ['calendar', 'calendarDay', 'bellSchedule'],
  'classes.alike': ['class', 'course', 'academicSession', 'classTerm', 'room'],
  'classes.count': [...taught, 'class', 'course', 'academicSession', 'classTerm', 'instructor', 'meeting', ...days],
  'classes.get': [
    ...taught,
    'class',
    'course',
    'academicSession',
    'classTerm',
    'instructor',
    'room',
    'schoolEnrollment',
  ],
  'classes.list': [
    ...taught,
    'class',
    'course',
    'academicSession',
    'classTerm',
    'instructor',
    'meeting',
    'room',
    ...days,
  ],
  'contacts.list': ['student', 'schoolEnrollment', 'studentAddress', 'studentAlert', 'studentGuardian', 'guardian'],
  'courses.get': ['course', 'class', 'department'],
  'courses.list': ['course', 'class', 'department'],
  'departments.get': ['department', 'course', 'instructor', 'program'],
  'departments.list': ['department', 'course', 'instructor', 'program'],
  'enrollments.list': [...taught, 'class', 'program', 'schoolEnrollment'],
  'flags.findPeople': [],
  'flags.get': ['membership'],
  'flags.list': ['membership'],
  'guardians.alike': ['guardian'],
  'guardians.count': ['guardian'],
  'guardians.get': ['guardian', 'studentGuardian', 'student', 'schoolEnrollment'],
  'guardians.list': ['guardian', 'studentGuardian'],
  'home.beginning': ['academicSession', 'class', 'course', 'instructor', 'membership', 'room', 'student'],
  'home.figures': every,
  'home.get': every,
  'imports.changes': [],
  'imports.findings': [],
  'imports.get': [],
  'imports.list': every,
  'imports.missing': ['student', 'instructor', 'guardian', 'class', 'enrollment', 'classInstructor', 'membership'],
  'imports.previewUndo': every,
  'imports.sourceFindings': [],
  'instructors.get': ['instructor', 'classInstructor', 'department'],
  'instructors.list': ['instructor', 'classInstructor', 'department'],
  'invitation.get': [],
  'journal.changes': every,
  'journal.list': every,
  'journal.ofOperation': every,
  'journal.ofRecord': every,
  'journal.people': every,
  'meetings.conflicts': [...taught, 'meeting', 'class', 'academicSession', 'classTerm', 'instructor', 'room', ...days],
  'meetings.free': ['meeting', 'class', 'classInstructor', 'instructor', 'room', 'period', ...days],
  'meetings.list': [
    'meeting',
    'class',
    'academicSession',
    'classTerm',
    'classInstructor',
    'instructor',
    'room',
    ...days,
  ],
  'meetings.master': ['meeting', 'class', 'classInstructor', 'instructor', 'room', ...days],
  'meetings.ofClasses': ['meeting', 'class', 'room', ...days],
  'meetings.studentConflicts': ['meeting', 'class', 'enrollment', 'student', ...days],
  'meetings.week': [
    ...taught,
    'meeting',
    'class',
    'department',
    'instructor',
    'program',
    'room',
    'studentAddress',
    'schoolEnrollment',
    ...days,
  ],
  'members.get': ['membership', 'instructor'],
  'members.list': ['membership', 'instructor'],
  'periods.list': ['period', 'bellSchedule', 'bellTime'],
  'programs.get': ['program', 'department', 'student'],
  'programs.list': ['program', 'department', 'student'],
  'rooms.get': ['room', 'class'],
  'rooms.list': ['room', 'class'],
  'savedViews.list': ['savedView'],
  'schoolEnrollments.list': [...taught, 'schoolEnrollment', 'program'],
  'schools.get': ['school', 'student'],
  'search.find': [
    ...taught,
    'schoolEnrollment',
    'class',
    'course',
    'department',
    'academicSession',
    'classTerm',
    'guardian',
    'studentGuardian',
    'instructor',
    'room',
  ],
  'session.get': [],
  'session.list': ['membership'],
  'setup.get': [],
  'studentAlerts.list': [...taught, 'studentAlert', 'guardian', 'studentGuardian', 'program', 'schoolEnrollment'],
  'studentGuardians.list': ['studentGuardian', 'guardian', 'student', 'program', 'schoolEnrollment'],
  'students.alike': ['student', 'program', 'studentAddress', 'schoolEnrollment', 'guardian', 'studentGuardian'],
  'students.count': [...taught, 'schoolEnrollment', 'studentGuardian'],
  'students.duplicates': ['student', 'schoolEnrollment'],
  'students.get': [...taught, 'studentAddress', 'program', 'schoolEnrollment'],
  'students.list': [...taught, 'studentAddress', 'schoolEnrollment', 'studentGuardian', 'guardian'],
  'students.mergePreview': [
    'student',
    'schoolEnrollment',
    'studentAddress',
    'studentAlert',
    'studentGuardian',
    'guardian',
    'enrollment',
    'class',
    'program',
  ],
  'students.siblings': ['student', 'studentGuardian', 'program', 'schoolEnrollment'],
  'students.viewers': [...taught, 'membership', 'class', 'program', 'schoolEnrollment'],
  'moves.get': [],
  'system.get': [],
  'webhooks.get': ['webhook'],
  'webhooks.list': ['webhook'],
}

const pages: Record<RecordEntity | 'membership', QueryName> = {
  membership: 'members.get',
  department: 'departments.get',
  program: 'programs.get',
  student: 'students.get',
  instructor: 'instructors.get',
  academicSession: 'academicSessions.get',
  course: 'courses.get',
  class: 'classes.get',
  room: 'rooms.get',
  guardian: 'guardians.get',
}
/** These queries answer one record by others of its kind: a term with the title of its year, a member beside one's own role. */
export const readsOthers: readonly QueryName[] = ['academicSessions.get', 'members.get']

/** The query that answers one record of the kind, and does not show any other record of that kind. */
export function pageOf(entity: JournalEntity): QueryName | undefined {
  const page = isRecordEntity(entity) || entity === 'membership' ? pages[entity] : undefined
  return page && readsOthers.includes(page) ? undefined : page
}

/** These mutations change no journaled record. After one of them these queries are asked again. */
export const unjournaled: Record<
  | Exclude<
      MutationName<
        'demo' | 'flags' | 'imports' | 'invitation' | 'moves' | 'photos' | 'presences' | 'session' | 'setup'
      >,
      'imports.undo' | 'photos.set'
    >
  | 'webhooks.test',
  readonly QueryName[]
> = {
  'flags.set': ['flags.get', 'flags.list'],
  'flags.undo': ['flags.get', 'flags.list'],
  'demo.create': [],
  'demo.end': [],
  'imports.bringIn': ['imports.get', 'imports.list'],
  'imports.cancel': ['imports.get', 'imports.list'],
  'imports.compare': ['imports.get', 'imports.list', 'imports.changes', 'imports.findings', 'imports.missing'],
  'invitation.accept': [],
  'moves.rehearse': ['moves.get'],
  'moves.start': ['moves.get'],
  'moves.stop': ['moves.get'],
  'photos.upload': [],
  'presences.keep': [],
  'presences.remove': [],
  'session.changePassword': ['session.list'],
  'session.create': [],
  'session.remove': [],
  'session.revoke': ['session.list'],
  'session.revokeOthers': ['session.list'],
  'setup.create': [],
  'webhooks.test': [],
}
