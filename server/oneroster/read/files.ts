/** OneRoster 1.0, 1.1 and 1.2 CSV, and Microsoft's School Data Sync 2.1, have these columns. Others are kept as they are. */
import { visible } from '../../../db/folding.ts'

/** These values tell by themselves where they belong. */
export const tellings = ['date', 'email', 'boolean'] as const
export type Telling = (typeof tellings)[number]

export interface Column {
  /** Older versions and common misspellings use these names. */
  also: readonly string[]
  max?: number
  date?: true
  /** In any other column such a value shows that the cells of the row are shifted. */
  may?: readonly Telling[]
  isName?: true
}
const text = (max: number, ...also: string[]): Column => ({ also, max })
const name = (...also: string[]): Column => ({ also, max: 100, isName: true })
const date = (...also: string[]): Column => ({ also, date: true, may: ['date'] })
/** Some systems know people by their address, and sessions by their first day. */
const id = (...also: string[]): Column => ({ also, max: 255, may: ['email'] })
const list = (...also: string[]): Column => ({ also })
const holding = (may: readonly Telling[], column: Column): Column => ({ ...column, may })
const sessionId = () => holding(['date'], id())

const every = { sourcedId: id(), status: text(50), dateLastModified: holding(['date'], list('dataLastModified')) }

export const files = {
  orgs: { ...every, name: text(200), type: text(50), parentSourcedId: id() },
  academicSessions: {
    ...every,
    sourcedId: sessionId(),
    title: text(200),
    type: text(50),
    startDate: date(),
    endDate: date(),
    schoolYear: text(50),
    parentSourcedId: sessionId(),
  },
  courses: { ...every, title: text(200), courseCode: text(100, 'code'), orgSourcedId: id('schoolSourcedId') },
  classes: {
    ...every,
    title: text(200),
    classCode: text(100, 'code'),
    courseSourcedId: id(),
    schoolSourcedId: id('orgSourcedId'),
    location: text(200),
    termSourcedIds: holding(['date'], list('termSourcedId', 'sessionSourcedIds', 'sessionSourcedId')),
  },
  users: {
    ...every,
    enabledUser: holding(['boolean'], text(50)),
    orgSourcedIds: list('orgSourcedId'),
    primaryOrgSourcedId: id(),
    role: text(100),
    username: holding(tellings, text(320)),
    givenName: name(),
    middleName: name(),
    familyName: name(),
    preferredGivenName: name('prefferedGivenName', 'preferedGivenName'),
    identifier: holding(tellings, text(50)),
    email: holding(['email'], list()),
    phone: list(),
    sms: list(),
    agentSourcedIds: holding(['email'], list('agentSourcedId', 'agents')),
    grades: list('grade'),
  },
  roles: {
    ...every,
    userSourcedId: id(),
    orgSourcedId: id('orgSourcedIds'),
    role: text(100),
    grade: text(50, 'grades'),
    beginDate: date('startDate', 'roleStartDate'),
    endDate: date('roleEndDate'),
  },
  enrollments: {
    ...every,
    classSourcedId: id(),
    schoolSourcedId: id('orgSourcedId'),
    userSourcedId: id(),
    role: text(100),
    primary: holding(['boolean'], text(50, 'isPrimary')),
    beginDate: date('startDate'),
    endDate: date(),
  },
  relationships: {
    ...every,
    userSourcedId: id(),
    relationshipUserSourcedId: id(),
    relationshipRole: text(100),
  },
  demographics: { ...every, userSourcedId: id(), birthDate: date(), sex: text(50, 'gender') },
} as const satisfies Record<string, Record<string, Column>>

export type FileKind = keyof typeof files
export const fileKinds = Object.keys(files) as FileKind[]

/** The standards have these files; the register counts their rows and imports none. */
export const notImported = [
  'categories',
  'classResources',
  'courseResources',
  'lineItemLearningObjectiveIds',
  'lineItems',
  'lineItemScoreScales',
  'resources',
  'resultLearningObjectiveIds',
  'results',
  'resultScoreScales',
  'scoreScales',
  'userFlags',
  'userProfiles',
  'userResources',
] as const

const named = new Map([...fileKinds, ...notImported, 'manifest'].map((name) => [`${name.toLowerCase()}.csv`, name]))

export const fileNamed = (name: string): string | undefined => named.get(name.toLowerCase())

/** Nobody sees some of the characters that spreadsheets and web pages put into a name, and a lost quote leaves the other one in it. */
export const plain = (header: string): string =>
  visible(header)
    .toLowerCase()
    .replace(/[\s_"]/g, '')

export function columnsByHeader(kind: FileKind): (header: string) => string | undefined {
  const known = new Map(
    Object.entries(files[kind] as Record<string, Column>).flatMap(([name, { also }]) =>
      [name, ...also].map((header) => [plain(header), name] as const),
    ),
  )
  return (header) => known.get(plain(header))
}
