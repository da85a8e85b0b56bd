import { setTimeout as sleep } from 'node:timers/promises'
import { isDeadlock } from './errors.ts'
import type { Migration } from './migration-files.ts'
import { MigrationError } from './migration-files.ts'
import type { LedgerRow } from './migration-ledger.ts'
import {
  appliedOf,
  compatibleLedger,
  ledger,
  ledgerQuery,
  ledgerTables,
  noLongerRequired,
  nowRequired,
} from './migration-ledger.ts'
import type { AppliedStep, Tell } from './migration-run.ts'
import type { Client } from './postgres/connection.ts'
import type { Home } from './postgres/home.ts'
import { quoted } from './postgres/home.ts'

// `if not exists` would need the right to make schemas even where there is one.
const kitHome = "do $$ begin if to_regnamespace('drizzle') is null then create schema drizzle; end if; end $$"
const kitSchema = ({ schema }: Home) => (schema === 'public' ? 'drizzle' : schema)
const kitLedger = (home: Home) => `${quoted(kitSchema(home))}."__drizzle_migrations"`
const ledgers = (home: Home) => `
  ${home.schema === 'public' ? `${kitHome};` : ''}
  create table if not exists ${kitLedger(home)} (id serial primary key, hash text not null, created_at bigint);
  ${ledgerTables('bigint', 'timestamptz(3)')}`

async function tablesOfLedger(client: Client): Promise<string[]> {
  const rows = await client.send(
    `select name from unnest(array['${ledger}', '${compatibleLedger}']) as name where to_regclass(name) is not null`,
  )
  return rows.map(({ name }) => name)
}

export async function readLedger(client: Client): Promise<AppliedStep[]> {
  const tables = await tablesOfLedger(client)
  if (!tables.length) return []
  const rows = await client.send<LedgerRow>(ledgerQuery(tables))
  return rows.map(appliedOf)
}

export async function makeLedgers(client: Client, home: Home): Promise<void> {
  if ((await tablesOfLedger(client)).length < 2) await client.send(ledgers(home))
}

const inUse = '55P03'
const reasons: Record<string, string> = {
  [inUse]: 'a table it changes was in use all the time; run it again in a quieter moment',
  42501: 'the role of DATABASE_DIRECT_URL (or DATABASE_URL) does not own the tables, or may make none in their schema',
}
const codeOf = (error: unknown) => (error as { code?: string } | undefined)?.code ?? ''

export const failed = (step: string, error: unknown, left: string): MigrationError =>
  new MigrationError(`Migration ${step} failed: ${reasons[codeOf(error)] ?? (error as Error).message}. ${left}`, {
    cause: error,
  })

/** Each lock of a table is awaited only briefly: every other query waits behind this one meanwhile. */
export const limits = (statementTimeout: string): string =>
  `select set_config('lock_timeout', '2s', true), set_config('statement_timeout', '${statementTimeout}', true)`

export async function run(client: Client, step: string, statements: readonly string[], tell: Tell): Promise<void> {
  await client.send(limits('10min'))
  for (const [index, statement] of statements.entries()) {
    const at = { step, number: index + 1, of: statements.length }
    tell({ point: 'statement', ...at })
    await client.send(statement).catch((error) => {
      throw failed(step, error, 'Nothing was changed')
    })
    tell({ point: 'ran', ...at })
  }
}

export async function enter(client: Client, home: Home, migration: Migration, number: number): Promise<void> {
  const { name, hash, when, isCompatible } = migration
  await client.send(`insert into ${kitLedger(home)} (hash, created_at) values ($1, $2)`, [hash, when])
  if (!isCompatible) for (const statement of nowRequired) await client.send(statement)
  const table = isCompatible ? compatibleLedger : ledger
  const row = [number, name, hash, when, new Date().toISOString()]
  await client.send(`insert into ${table} (step, name, hash, "when", at) values ($1, $2, $3, $4, $5)`, row)
}

export async function strike(
  client: Client,
  home: Home,
  { name, hash }: Migration,
  compatible: readonly string[],
): Promise<void> {
  await client.send(`delete from ${kitLedger(home)} where hash = $1`, [hash])
  for (const table of [ledger, compatibleLedger]) await client.send(`delete from ${table} where name = $1`, [name])
  for (const each of compatible) for (const statement of noLongerRequired('$1')) await client.send(statement, [each])
}

/** In ms. */
export const defaultPatience = 120_000
const pauses = { first: 500, longest: 8_000 }

const isInUse = (error: unknown) => {
  const { cause } = error as Error
  return codeOf(error) === inUse || codeOf(cause) === inUse || isDeadlock(error)
}

/** A table that somebody reads for long only delays a step: between two tries, others get at it. */
export async function patiently<T>(
  work: () => Promise<T>,
  { tell, patience }: { tell: Tell; patience: number },
): Promise<T> {
  const deadline = performance.now() + patience
  for (let pause = pauses.first; ; pause = Math.min(2 * pause, pauses.longest)) {
    try {
      return await work()
    } catch (error) {
      if (!isInUse(error) || performance.now() + pause > deadline) throw error
      tell({ point: 'retrying', sentence: `A table that is to change is in use: trying again in ${pause / 1000} s` })
      await sleep(pause)
    }
  }
}
