import type { AppliedStep } from './migration-run.ts'

export const ledger = 'migrations'
export const compatibleLedger = 'compatible_migrations'
/** What is done of a step that PostgreSQL runs statement by statement; it is there only until the step is done. */
export const notes = 'migration_statements'

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

/** A version that knows an incompatible step must know the steps before it too. */
export const nowRequired = [
  `insert into ${ledger} select * from ${compatibleLedger}`,
  `delete from ${compatibleLedger}`,
]

/** The step's name is bound to each `parameter`. */
export const noLongerRequired = (parameter: string): string[] => [
  `insert into ${compatibleLedger} select * from ${ledger} where name = ${parameter}`,
  `delete from ${ledger} where name = ${parameter}`,
]

export const appliedOf = ({ name, hash, when, at, ledger: table }: LedgerRow): AppliedStep => ({
  name,
  hash,
  when: Number(when),
  at: new Date(at),
  isCompatible: table === compatibleLedger,
})
