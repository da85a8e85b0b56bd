/** Either database keeps the same ledger of the steps it has taken, in two tables. */
import type { Applied } from './migration-files.ts'

/**
 * A version from before there were compatible steps starts only where it knows every row of `migrations`. Steps that it may
 * start on therefore stand in a table of their own, until a step comes that it may not start on.
 */
export const ledger = 'migrations'
export const compatibleLedger = 'compatible_migrations'

export interface LedgerRow {
  name: string
  hash: string
  when: number | string
  at: number | Date
  ledger: string
}

export const ledgerQuery = (tables: readonly string[]): string =>
  `${tables.map((table) => `select step, name, hash, "when", at, '${table}' as ledger from ${table}`).join(' union all ')} order by step`

export const ledgerTables = (whole: string, instant: string): string =>
  [ledger, compatibleLedger]
    .map(
      (table) =>
        `create table if not exists ${table} (step integer primary key, name text not null unique, hash text not null, "when" ${whole} not null, at ${instant} not null);`,
    )
    .join('\n')

/** A version that knows a step that is not compatible must know the ones before it, too. */
export const nowRequired = [
  `insert into ${ledger} select * from ${compatibleLedger}`,
  `delete from ${compatibleLedger}`,
]

export const appliedOf = ({ name, hash, when, at, ledger: table }: LedgerRow): Applied & { at: Date } => ({
  name,
  hash,
  when: Number(when),
  at: new Date(at),
  isCompatible: table === compatibleLedger,
})
