/** OneRoster 1.0, 1.1 and 1.2 CSV, and Microsoft's School Data Sync 2.1, have these columns. Others are kept as they are. */

export interface Column {
  /** Older versions and common misspellings use these names. */
  also: readonly string[]
  max?: number
  date?: true
}
const text = (max: number, ...also: string[]): Column => ({ also, max })
const date = (...also: string[]): Column => ({ also, date: true })
const id = (...also: string[]) => text(255, ...also)
const list = (...also: string[]): Column => ({ also })

const every = { sourcedId: id(), status: text(50), dateLastModified: list('dataLastModified') }

export const files = {
  orgs: { ...every, name: text(200), type: text(50), parentSourcedId: id() },
  academicSessions: {
    ...every,
    title: text(200),
    type: text(50),
    startDate: date(),
    endDate: date(),
    schoolYear: text(50),
    parentSourcedId: id(),
  },
  courses: { ...every, title: text(200), courseCode: text(100, 'code'), orgSourcedId: id('schoolSourcedId') },
  classes: {
    ...every,
    title: text(200),
    classCode: text(100, 'code'),
    courseSourcedId: id(),
    schoolSourcedId: id('orgSourcedId'),
    location: text(200),
    termSourcedIds: list('termSourcedId', 'sessionSourcedIds', 'sessionSourcedId'),
  },
  users: {
    ...every,
    enabledUser: text(50),
    orgSourcedIds: list('orgSourcedId'),
    primaryOrgSourcedId: id(),
    role: text(100),
    username: text(320),
    givenName: text(100),
    middleName: text(100),
    familyName: text(100),
    preferredGivenName: text(100, 'prefferedGivenName', 'preferedGivenName'),
    identifier: text(50),
    email: list(),
    phone: list(),
    sms: list(),
    agentSourcedIds: list('agentSourcedId', 'agents'),
    grades: list('grade'),
  },
  roles: {
    ...every,
    userSourcedId: id(),
    orgSourcedId: id('orgSourcedIds'),
    role: text(100),
    grade: text(50, 'grades'),
  },
  enrollments: {
    ...every,
    classSourcedId: id(),
    schoolSourcedId: id('orgSourcedId'),
    userSourcedId: id(),
    role: text(100),
    primary: text(50, 'isPrimary'),
    beginDate: date('startDate'),
    endDate: date(),
  },
  relationships: {
    ...every,
    userSourcedId: id(),
    relationshipUserSourcedId: id(),
    relationshipRole: text(100),
  },
  demographics: { ...every, userSourcedId: id(), birthDate: date() },
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

const plain = (header: string) => header.toLowerCase().replace(/[\s_]/g, '')

export function columnsByHeader(kind: FileKind): (header: string) => string | undefined {
  const known = new Map(
    Object.entries(files[kind] as Record<string, Column>).flatMap(([name, { also }]) =>
      [name, ...also].map((header) => [plain(header), name] as const),
    ),
  )
  return (header) => known.get(plain(header))
}

/** Passwords are never stored. */
export const isPasswordColumn = (header: string): boolean => /passw(or)?d|passwort|contrase/i.test(header)
