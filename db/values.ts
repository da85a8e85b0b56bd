/** Tables, inputs and screens share these lists. The file imports nothing. */
export const roles = ['administrator', 'registrar', 'instructor', 'viewer'] as const
export type Role = (typeof roles)[number]

export const studentStatuses = ['active', 'inactive'] as const
export type StudentStatus = (typeof studentStatuses)[number]
export const addressKinds = ['local', 'permanent'] as const
export const employments = ['full-time', 'part-time', 'adjunct'] as const
export const instructorStatuses = ['active', 'inactive'] as const
export const programTypes = ['bachelor', 'diploma', 'certificate', 'other'] as const
export const academicSessionTypes = ['schoolYear', 'semester', 'term', 'gradingPeriod'] as const
/** Ed-Fi, CalendarEvent. Classes meet on days of the first three kinds. */
export const openDayKinds = ['instruction', 'makeUp', 'lateOrEarly'] as const
export const closedDayKinds = ['teacherOnly', 'holiday', 'weather', 'emergency', 'closed'] as const
export const dayKinds = [...openDayKinds, ...closedDayKinds] as const
export type DayKind = (typeof dayKinds)[number]
export const isOpenKind = (kind: DayKind): boolean => (openDayKinds as readonly DayKind[]).includes(kind)
export const enrollmentStatuses = ['enrolled', 'waitlisted', 'withdrawn', 'completed'] as const
export type EnrollmentStatus = (typeof enrollmentStatuses)[number]
export const withdrawalReasons = ['scheduleChange', 'moved', 'transferred', 'graduated', 'mistake', 'other'] as const
export type WithdrawalReason = (typeof withdrawalReasons)[number]
/** The words are Ed-Fi's (EntryType, ExitWithdrawType). */
export const schoolEntryTypes = ['new', 'transfer', 'reentry', 'nextYear', 'other'] as const
export const schoolExitTypes = [
  'endOfYear',
  'graduated',
  'completed',
  'transferred',
  'withdrawn',
  'dropout',
  'expelled',
  'noShow',
  'invalid',
  'died',
  'other',
] as const
export type SchoolExitType = (typeof schoolExitTypes)[number]
export const enrollAtOnce = 500
export const addedByName = ['department', 'program', 'course', 'room'] as const
export type AddedByName = (typeof addedByName)[number]
/** The words are those of OneRoster 1.2 in `demographics`. */
export const sexes = ['female', 'male', 'other', 'unspecified'] as const
export type Sex = (typeof sexes)[number]
const sexWords: Readonly<Record<string, Sex>> = {
  ...{ f: 'female', female: 'female', girl: 'female', m: 'male', male: 'male', boy: 'male' },
  ...{ o: 'other', x: 'other', other: 'other', u: 'unspecified', unspecified: 'unspecified', unknown: 'unspecified' },
}
export const sexIn = (text: string): Sex | undefined => sexWords[text.trim().toLowerCase()]
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
  'schoolEnrollment',
  'calendar',
  'calendarDay',
  'period',
  'bellSchedule',
  'bellTime',
  'webhook',
] as const
export type JournalEntity = (typeof journalEntities)[number]
interface RecordKindValues {
  path: string
  unique: string | null
  telling: { names: readonly string[]; apart: readonly string[]; byAll?: true }
}
const ofPeople = ['familyName', 'givenName'] as const
/** `path` is the list's name in the address. No two records in use share a value of the field `unique`. */
export const recordKinds = {
  student: { path: 'students', unique: 'number', telling: { names: ofPeople, apart: ['birthDate'] } },
  class: {
    path: 'classes',
    unique: null,
    telling: { names: ['title'], apart: ['code', 'academicSessionIds'], byAll: true },
  },
  instructor: { path: 'instructors', unique: null, telling: { names: ofPeople, apart: ['email'] } },
  course: { path: 'courses', unique: 'code', telling: { names: ['title'], apart: ['code'] } },
  guardian: {
    path: 'guardians',
    unique: null,
    telling: { names: ofPeople, apart: ['email', 'phone', 'otherPhone'] },
  },
  program: { path: 'programs', unique: 'name', telling: { names: ['name'], apart: [] } },
  department: { path: 'departments', unique: 'name', telling: { names: ['name'], apart: [] } },
  room: { path: 'rooms', unique: 'name', telling: { names: ['name'], apart: [] } },
  academicSession: {
    path: 'terms',
    unique: null,
    telling: { names: ['title'], apart: ['startDate', 'endDate', 'schoolYear'] },
  },
} as const satisfies Partial<Record<JournalEntity, RecordKindValues>>
export type PersonEntity = 'student' | 'guardian' | 'instructor'
export type RecordEntity = keyof typeof recordKinds
export type ListPath = (typeof recordKinds)[RecordEntity]['path']
export const recordEntities = Object.keys(recordKinds) as RecordEntity[]
export const listPaths = recordEntities.map((entity): ListPath => recordKinds[entity].path)
/** A saved view is a person's own, so no history shows it. */
type Unlisted = 'savedView'
export type HistoryEntity = Exclude<JournalEntity, Unlisted>
export type PartEntity = Exclude<HistoryEntity, RecordEntity>
export const isRecordEntity = (entity: JournalEntity): entity is RecordEntity => entity in recordKinds
const isPart = (entity: JournalEntity): entity is PartEntity => !isRecordEntity(entity) && entity !== 'savedView'
export const historyEntities: readonly HistoryEntity[] = [...recordEntities, ...journalEntities.filter(isPart)]
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
/** 'rehearse' takes a copy all the way, and leaves the register where it is. */
export const moveVerbs = ['move', 'rehearse'] as const
export type MoveVerb = (typeof moveVerbs)[number]
export const movePhases = [
  'looking',
  'making',
  'copying',
  'indexes',
  'comparing',
  'following',
  'changing over',
  'settling',
  'clearing',
] as const
export type MovePhase = (typeof movePhases)[number]
export const moveOutcomes = ['done', 'failed', 'stopped'] as const
export type MoveOutcome = (typeof moveOutcomes)[number]

/** What a flag serves: the default of the code, its rules, or `off` to everybody at once. */
export const flagModes = ['default', 'rules', 'off'] as const
export type FlagMode = (typeof flagModes)[number]

export const operationWays = ['screen', 'import', 'cli', 'api'] as const
export type OperationWay = (typeof operationWays)[number]
/** `arriving` until its files are read; the last three are ends. */
export const importStates = ['arriving', 'comparing', 'ready', 'applying', 'done', 'failed', 'canceled'] as const
export type ImportState = (typeof importStates)[number]
/** People pause a webhook; the register disables one that failed for three days, or whose receiver says that it is gone. */
export const webhookStates = ['on', 'paused', 'disabled'] as const
export const webhookEnds = ['failing', 'gone'] as const
export const importOutcomes = ['done', 'failed'] as const
export type ImportOutcome = (typeof importOutcomes)[number]
export const importFailures = ['rejected', 'shrunk', 'refused', 'held', 'brokeOff', 'internal'] as const
export type ImportFailure = (typeof importFailures)[number]
export const missingKinds = ['student', 'instructor', 'guardian', 'class', 'enrollment', 'classInstructor'] as const
export const oneTimeTokenPurposes = ['setup', 'invitation', 'passwordReset', 'membership'] as const
/** These are CEDS entry grade levels, youngest first. Imports may bring others. */
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
/** A level that a school teaches. Students keep the code; the name may change. */
export interface GradeLevel {
  code: string
  name: string
}
/** A term of the usual school year; its days are 'MM-DD'. */
export interface UsualTerm {
  name: string
  begins: string
  ends: string
}
const gradeWords: Record<string, (typeof gradeLevels)[number]> = {
  k: 'KG',
  kindergarten: 'KG',
  prek: 'PK',
  prekindergarten: 'PK',
  preschool: 'PR',
  transitionalkindergarten: 'TK',
  ungraded: 'UG',
}
/** Two numbers stay two: 'Grade 1-2' is not the twelfth. */
const plainGrade = (text: string) =>
  text
    .toLowerCase()
    .replace(/(\d)[\s._-]+(?=\d)/g, '$1+')
    .replace(/[\s._-]/g, '')
/** Also reads what the school calls its levels. 'KG', '9', '09', 'Grade 9', 'Year 6' and 'Kindergarten' are codes; anything else is undefined. */
export function gradeIn(text: string, own: readonly GradeLevel[] = []): string | undefined {
  const plain = plainGrade(text)
  const called =
    own.find(({ name }) => plainGrade(name) === plain) ?? own.find(({ code }) => plainGrade(code) === plain)
  return called?.code ?? usualGradeIn(plain)
}
function usualGradeIn(plain: string): (typeof gradeLevels)[number] | undefined {
  const [, digits] = /^(?:grade|year|level|gr|yr|g|y)?(\d{1,2})(?:st|nd|rd|th)?(?:grade|year)?$/.exec(plain) ?? []
  const code = digits ? String(Number(digits)).padStart(2, '0') : plain.toUpperCase()
  return gradeLevels.find((one) => one === code) ?? gradeWords[plain]
}

export const classAttentions = ['overCapacity', 'freeSeats', 'colliding', 'noInstructor', 'noMeetings'] as const
export type ClassAttention = (typeof classAttentions)[number]

/** Bounds are in ms and inclusive; calls that took longer have a count of their own. */
export const durationBounds = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000] as const

export const offeredLocales = [
  'ar-EG',
  'cs-CZ',
  'da-DK',
  'de-AT',
  'de-CH',
  'de-DE',
  'el-GR',
  'en-AU',
  'en-CA',
  'en-GB',
  'en-IE',
  'en-IN',
  'en-NZ',
  'en-US',
  'en-ZA',
  'es-ES',
  'es-MX',
  'es-US',
  'fi-FI',
  'fr-BE',
  'fr-CA',
  'fr-CH',
  'fr-FR',
  'he-IL',
  'hi-IN',
  'it-IT',
  'ja-JP',
  'ko-KR',
  'nb-NO',
  'nl-BE',
  'nl-NL',
  'pl-PL',
  'pt-BR',
  'pt-PT',
  'sv-SE',
  'tr-TR',
  'uk-UA',
  'vi-VN',
  'zh-CN',
  'zh-TW',
] as const

/** A backfill waits while a server of a release serves that still writes rows without the new columns. */
export const backfillStates = ['filling', 'waiting', 'failed', 'done'] as const
export type BackfillState = (typeof backfillStates)[number]

export const backupStates = ['running', 'verified', 'failed'] as const
