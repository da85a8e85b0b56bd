/** The closed lists that tables, inputs and screens share. Imports nothing. */
export const roles = ['administrator', 'registrar', 'instructor', 'viewer'] as const
export type Role = (typeof roles)[number]

export const studentStatuses = ['active', 'inactive'] as const
export const addressKinds = ['local', 'permanent'] as const
export const employments = ['full-time', 'part-time', 'adjunct'] as const
export const instructorStatuses = ['active', 'inactive'] as const
export const programTypes = ['bachelor', 'diploma', 'certificate', 'other'] as const
/** OneRoster 1.2, section 4.13.5 (SessionType). */
export const academicSessionTypes = ['schoolYear', 'semester', 'term', 'gradingPeriod'] as const
export const enrollmentStatuses = ['enrolled', 'waitlisted', 'withdrawn', 'completed'] as const
/** Why a student left a class. */
export const withdrawalReasons = ['scheduleChange', 'moved', 'transferred', 'graduated', 'mistake', 'other'] as const
/** What a guardian is to a student. */
export const guardianRelations = [
  'mother',
  'father',
  'parent',
  'stepparent',
  'fosterParent',
  'grandparent',
  'relative',
  'guardian',
  'caseworker',
  'other',
] as const
export const alertKinds = ['medical', 'custody', 'safety', 'other'] as const
export const journalEntities = [
  'school',
  'membership',
  'department',
  'program',
  'student',
  'studentAddress',
  'instructor',
  'academicSession',
  'course',
  'class',
  'classTerm',
  'classInstructor',
  'enrollment',
  'room',
  'meeting',
  'guardian',
  'studentGuardian',
  'studentAlert',
  'savedView',
] as const
export type JournalEntity = (typeof journalEntities)[number]
/**
 * The kinds of record that have a list and a page: the list's name in the address, and the field whose value no two records
 * in use share. What is not here is part of another record, or has screens of its own.
 */
export const recordKinds = {
  student: { place: 'students', unique: 'number' },
  class: { place: 'classes', unique: null },
  instructor: { place: 'instructors', unique: null },
  course: { place: 'courses', unique: 'code' },
  guardian: { place: 'guardians', unique: null },
  program: { place: 'programs', unique: 'name' },
  department: { place: 'departments', unique: 'name' },
  room: { place: 'rooms', unique: 'name' },
  academicSession: { place: 'terms', unique: null },
} as const satisfies Partial<Record<JournalEntity, { place: string; unique: string | null }>>
/** The kinds that are people, whom one can erase. */
export type PersonEntity = 'student' | 'guardian' | 'instructor'
export type RecordEntity = keyof typeof recordKinds
export type ViewPlace = (typeof recordKinds)[RecordEntity]['place']
export const recordEntities = Object.keys(recordKinds) as RecordEntity[]
/** The lists people can keep a view of. */
export const viewPlaces = recordEntities.map((entity): ViewPlace => recordKinds[entity].place)
/** What people keep for themselves is nobody's news. */
type Unheard = 'savedView'
export type HistoryEntity = Exclude<JournalEntity, Unheard>
/** What the records of such a kind say of other records: they have no page of their own. */
export type PartEntity = Exclude<HistoryEntity, RecordEntity>
export const isRecordEntity = (entity: JournalEntity): entity is RecordEntity => entity in recordKinds
const isPart = (entity: JournalEntity): entity is PartEntity => !isRecordEntity(entity) && entity !== 'savedView'
/** What history tells of. */
export const historyEntities: readonly HistoryEntity[] = [...recordEntities, ...journalEntities.filter(isPart)]
/** What somebody did, as people would say it. */
export const deeds = [
  'add',
  'change',
  'archive',
  'restore',
  'enroll',
  'withdraw',
  'complete',
  'reinstate',
  'merge',
  'erase',
  'undo',
  'import',
] as const
export type Deed = (typeof deeds)[number]
/** By which way a change came in. */
export const operationWays = ['screen', 'import', 'cli'] as const
export type OperationWay = (typeof operationWays)[number]
export const oneTimeTokenPurposes = ['setup', 'invitation', 'passwordReset'] as const
/** CEDS entry grade levels, youngest first. Imports may bring others, which are kept as they came. */
export const gradeLevels = [
  'IT',
  'PR',
  'PK',
  'TK',
  'KG',
  '01',
  '02',
  '03',
  '04',
  '05',
  '06',
  '07',
  '08',
  '09',
  '10',
  '11',
  '12',
  '13',
  'PS',
  'UG',
] as const

/** What there is to mend about a class whose terms are not all over. */
export const classAttentions = ['overCapacity', 'freeSeats', 'noInstructor', 'noMeetings'] as const
export type ClassAttention = (typeof classAttentions)[number]

/** Up to how many ms a call is counted as having taken; those that took longer are a count of their own. */
export const durationBounds = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000] as const
