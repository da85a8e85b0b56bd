import type { Column } from 'drizzle-orm'
import { isTable, tableConfig } from './kit.ts'
import * as schema from './schema/index.ts'

export type ConstraintKind = 'unique' | 'foreign key' | 'check' | 'not null'

export class ConstraintError extends Error {
  override name = 'ConstraintError'
  readonly kind: ConstraintKind
  readonly constraint: string

  constructor(kind: ConstraintKind, constraint: string, cause: unknown) {
    super(`${kind} violated: ${constraint}`, { cause })
    this.kind = kind
    this.constraint = constraint
  }
}

/** Reads still work after 'full' and 'readOnly'. After 'unsure' nobody knows whether the commit was saved. After 'moved' the other database has the register. */
export type Trouble = 'away' | 'busy' | 'full' | 'readOnly' | 'unsure' | 'moved'

/** The same call may succeed later. Nothing was changed, except after 'unsure': a retry with the same key shows it. */
export class UnavailableError extends Error {
  override name = 'UnavailableError'
  readonly trouble: Trouble

  constructor(message: string, { trouble = 'busy', cause }: { trouble?: Trouble; cause?: unknown } = {}) {
    super(message, { cause })
    this.trouble = trouble
  }
}

export const closedError = () => new UnavailableError('the database has been closed', { trouble: 'away' })

interface DriverError {
  code?: string
  routine?: string
  constraint_name?: string
  table_name?: string
  column_name?: string
  message?: string
  cause?: unknown
}
function* chain(error: unknown): Iterable<DriverError> {
  for (let e = error as DriverError | undefined; e && typeof e === 'object'; e = e.cause as DriverError | undefined)
    yield e
}

const qualified = (table: string, columns: readonly { name: string }[]) =>
  columns.map((c) => `${table}.${c.name}`).join(', ')

/** SQLite names the columns of a unique index ('students.school_id, students.number'), not the index. */
let uniqueNames: Map<string, string> | undefined
function uniqueName(columns: string): string {
  uniqueNames ??= new Map(
    Object.values(schema)
      .filter(isTable)
      .flatMap((table) => {
        const { name, columns: all, primaryKeys, indexes } = tableConfig(table)
        const keys = primaryKeys.map((key) => [qualified(name, key.columns), key.getName()] as const)
        const own = all.filter((c) => c.primary).map((c) => [qualified(name, [c]), `${name}_pkey`] as const)
        const unique = indexes
          .filter((index) => index.config.unique)
          .map((index) => [qualified(name, index.config.columns as Column[]), index.config.name ?? ''] as const)
        return [...keys, ...own, ...unique]
      }),
  )
  return uniqueNames.get(columns) ?? columns
}

const postgresKinds: Record<string, ConstraintKind> = {
  23505: 'unique',
  23503: 'foreign key',
  23001: 'foreign key',
  23514: 'check',
  23502: 'not null',
}

function constraintOf({ code = '', constraint_name, table_name, column_name, message = '' }: DriverError) {
  const kind = postgresKinds[code]
  if (kind) return { kind, name: kind === 'not null' ? `${table_name}.${column_name}` : (constraint_name ?? '') }
  const subject = message.replace(/^.*constraint failed: /, '')
  if (code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY')
    return { kind: 'unique', name: uniqueName(subject) } as const
  if (code === 'SQLITE_CONSTRAINT_CHECK') return { kind: 'check', name: subject } as const
  if (code === 'SQLITE_CONSTRAINT_NOTNULL') return { kind: 'not null', name: subject } as const
  return undefined
}

const lostConnection =
  /^(CONNECTION_(CLOSED|ENDED|DESTROYED)|CONNECT_TIMEOUT|ECONN(REFUSED|RESET|ABORTED)|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|E(HOST|NET)(UNREACH|DOWN)|08\w{3}|25P0[34]|53300|57P0\d)$/
const busy = /^SQLITE_(BUSY|LOCKED|PROTOCOL)/

/** The first match counts. A quota or a limit on a file's size is a full disk too. */
const troubles: readonly [Trouble, RegExp, string][] = [
  ['full', /^(53100|SQLITE_FULL|SQLITE_IOERR_(WRITE|SHMSIZE))$/, "the database's disk is full or takes no more"],
  ['readOnly', /^(25006|SQLITE_READONLY)/, 'the database takes no changes at the moment'],
  // The server refuses the sign-in (28, 3D), or a disk or file fails (58, IOERR, CANTOPEN).
  ['away', /^(28\w{3}|3D000|58\w{3}|SQLITE_(IOERR|CANTOPEN))/, 'the database can not be reached'],
  ['busy', /^(55P03|57014|53\w{3}|SQLITE_(BUSY|LOCKED|PROTOCOL|NOMEM))/, 'the database does not answer in time'],
]

const hasCode = (error: unknown, pattern: RegExp) => [...chain(error)].some(({ code }) => code && pattern.test(code))
export const isLostConnection = (error: unknown): boolean => hasCode(error, lostConnection)
export const isBusy = (error: unknown): boolean => hasCode(error, busy)
export const isDeadlock = (error: unknown): boolean => hasCode(error, /^(40P01|40001)$/)

/** A pooler has led the connection to another server: a prepared statement is unknown there, or exists already. */
export const isForgotten = (error: unknown): boolean => hasCode(error, /^(26000|42P05)$/)
/** The schema has changed under what PostgreSQL keeps prepared, or that is not there. */
export const isOutdated = (error: unknown): boolean =>
  isForgotten(error) || [...chain(error)].some(({ routine }) => routine === 'RevalidateCachedQuery')

export const isOurs = (error: unknown) => error instanceof ConstraintError || error instanceof UnavailableError

export function translated(error: unknown): unknown {
  for (const link of chain(error)) {
    if (isOurs(link)) return link
    const found = constraintOf(link)
    if (found) return new ConstraintError(found.kind, found.name, error)
  }
  if (isLostConnection(error))
    return new UnavailableError('the database does not answer', { trouble: 'away', cause: error })
  const known = troubles.find(([, codes]) => hasCode(error, codes))
  return known ? new UnavailableError(known[2], { trouble: known[0], cause: error }) : error
}
