/** What of a school leaves with it. A new table does not compile until somebody has decided. */

import * as schema from '../../db/schema/index.ts'
import type { PgTable, SchoolTable } from '../../db/walk.ts'

type TableKey = {
  [Key in keyof typeof schema]: (typeof schema)[Key] extends PgTable ? Key : never
}[keyof typeof schema]

const elsewhere = { manifest: 'manifest', accounts: 'accounts' } as const
type Decision = 'goes' | keyof typeof elsewhere | { staysBecause: string }

/** What goes is in the order in which it can be written: each table after those that it refers to. */
export const decided = {
  schools: 'manifest',
  users: 'accounts',
  departments: 'goes',
  programs: 'goes',
  courses: 'goes',
  rooms: 'goes',
  instructors: 'goes',
  academicSessions: 'goes',
  classes: 'goes',
  classTerms: 'goes',
  classInstructors: 'goes',
  meetings: 'goes',
  students: 'goes',
  studentAddresses: 'goes',
  studentAlerts: 'goes',
  guardians: 'goes',
  studentGuardians: 'goes',
  enrollments: 'goes',
  operations: 'goes',
  journal: 'goes',
  journalValues: 'goes',
  journalOwners: 'goes',
  journalSeals: 'goes',
  importCounts: 'goes',
  importResults: 'goes',
  memberships: 'goes',
  savedViews: 'goes',
  sessions: { staysBecause: 'whoever is signed in is signed in here' },
  oneTimeTokens: { staysBecause: 'a link opens this register' },
  rateLimits: { staysBecause: 'attempts are counted where they are made' },
  presences: { staysBecause: 'nobody looks at a record there yet' },
  imports: { staysBecause: 'a bundle that waits is brought again' },
  importPieces: { staysBecause: 'they belong to a bundle that waits' },
  importSources: { staysBecause: 'the watcher of this machine tells of its folders' },
  installation: { staysBecause: 'it names this register' },
  instances: { staysBecause: 'they are processes of this register' },
  procedureMinutes: { staysBecause: 'they count the work of this register' },
  usageDays: { staysBecause: 'they count the work of this register' },
  registerJournal: { staysBecause: 'it tells of this register' },
  moves: { staysBecause: 'they are of this register' },
  backups: { staysBecause: 'they are of this register' },
  backupStreams: { staysBecause: 'they are of this register' },
  backfills: { staysBecause: 'a school comes in with every column filled' },
} as const satisfies Record<TableKey, Decision>

export type Going = { [Key in TableKey]: (typeof decided)[Key] extends 'goes' ? Key : never }[TableKey]

export const going = Object.entries(decided).flatMap(([key, decision]) => (decision === 'goes' ? [key as Going] : []))
const tables = new Map<string, unknown>(Object.entries(schema))
export const tableOf = (key: Going) => tables.get(key) as SchoolTable

/** Their rows refer to others of the same table, which may come later. */
export const selfReferences: Partial<Record<Going, string>> = { students: 'mergedIntoId', academicSessions: 'parentId' }

export const accountsFile = 'accounts.jsonl'
export const manifestFile = 'manifest.json'
export const fileOf = (key: Going): string => `${key}.jsonl`
export const dataFiles: readonly string[] = [accountsFile, ...going.map(fileOf)]
