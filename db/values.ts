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
/** The lists people can keep a view of. */
export const viewPlaces = [
  'students',
  'classes',
  'instructors',
  'courses',
  'guardians',
  'programs',
  'departments',
  'rooms',
  'terms',
] as const
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
/** The kinds of record that have a page, and on it a history. */
export const recordEntities = [
  'student',
  'class',
  'instructor',
  'guardian',
  'course',
  'room',
  'academicSession',
  'department',
  'program',
] as const satisfies readonly JournalEntity[]
/** What history tells of. What people keep for themselves is nobody's news. */
export const historyEntities = [
  ...recordEntities,
  'studentAddress',
  'studentAlert',
  'studentGuardian',
  'enrollment',
  'classTerm',
  'classInstructor',
  'meeting',
  'membership',
  'school',
] as const satisfies readonly JournalEntity[]
export type HistoryEntity = (typeof historyEntities)[number]
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
