/** What of a school leaves with it: the tables of all kinds, and what is decided here. A new table of neither does not compile. */
import { getTableColumns } from 'drizzle-orm'
import { isTable, tableConfig } from '../../db/kit.ts'
import * as schema from '../../db/schema/index.ts'
import type { PgTable, SchoolTable } from '../../db/walk.ts'
import type { KindTable } from '../kinds.ts'
import { allKinds } from '../kinds.ts'

type TableKey = {
  [Key in keyof typeof schema]: (typeof schema)[Key] extends PgTable ? Key : never
}[keyof typeof schema]
type OtherKey = { [Key in TableKey]: (typeof schema)[Key] extends KindTable ? never : Key }[TableKey]

const elsewhere = { manifest: 'manifest', accounts: 'accounts' } as const
type Decision = 'goes' | keyof typeof elsewhere | { staysBecause: string }

export const decided: Record<OtherKey, Decision> = {
  schools: 'manifest',
  users: 'accounts',
  operations: 'goes',
  journal: 'goes',
  journalValues: 'goes',
  journalOwners: 'goes',
  journalSeals: 'goes',
  studentPhotos: 'goes',
  importCounts: 'goes',
  importResults: 'goes',
  apiTokens: { staysBecause: 'a token opens this register' },
  webhookDeliveries: { staysBecause: 'this register sends them, and their secrets are its own' },
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
  deprecatedUses: { staysBecause: 'a token opens this register' },
  flagSides: { staysBecause: 'they count the work of this register' },
  usageDays: { staysBecause: 'they count the work of this register' },
  registerJournal: { staysBecause: 'it tells of this register' },
  moves: { staysBecause: 'they are of this register' },
  flags: { staysBecause: 'they are of this register' },
  backups: { staysBecause: 'they are of this register' },
  backupStreams: { staysBecause: 'they are of this register' },
  backfills: { staysBecause: 'a school comes in with every column filled' },
}

const ofKinds = new Set<unknown>(allKinds.map(({ table }) => table))
const goes = new Map<SchoolTable, string>()
for (const [key, table] of Object.entries(schema)) {
  const isGoing = ofKinds.has(table) || decided[key as OtherKey] === 'goes'
  if (isTable(table) && isGoing) goes.set(table as SchoolTable, key)
}

const parentsOf = (table: SchoolTable) =>
  tableConfig(table).foreignKeys.map((key) => {
    const { columns, foreignTable } = key.reference()
    return { columns, parent: foreignTable as unknown as SchoolTable }
  })

/** Each table comes after those that it refers to. */
function inOrder(): string[] {
  const ordered = new Set<string>()
  const place = (table: SchoolTable) => {
    const key = goes.get(table)
    if (key === undefined || ordered.has(key)) return
    for (const { parent } of parentsOf(table)) if (parent !== table) place(parent)
    ordered.add(key)
  }
  for (const table of goes.keys()) place(table)
  return [...ordered]
}

export const going: readonly string[] = inOrder()
const byKey = new Map([...goes].map(([table, key]) => [key, table]))
export function tableOf(key: string): SchoolTable {
  const table = byKey.get(key)
  if (!table) throw new Error(`${key} is no table that leaves with a school`)
  return table
}

/** The field in which a row refers to another one of its table, which may come later. */
export function selfReferenceOf(key: string): string | undefined {
  const table = tableOf(key)
  const own = parentsOf(table).find(({ parent }) => parent === table)
  const column = own?.columns.find(({ name }) => name !== table.schoolId.name)
  return Object.entries(getTableColumns(table)).find(([, each]) => each.name === column?.name)?.[0]
}

export const accountsFile = 'accounts.jsonl'
export const manifestFile = 'manifest.json'
export const fileOf = (key: string): string => `${key}.jsonl`
export const dataFiles: readonly string[] = [accountsFile, ...going.map(fileOf)]
