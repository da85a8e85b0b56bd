import { defaultPatience, enter, limits, makeLedgers, patiently, readLedger, run, strike } from './apply-postgres.ts'
import type { Run } from './bare-postgres.ts'
import { applyBare, refuseBegun } from './bare-postgres.ts'
import { isLostConnection, UnavailableError } from './errors.ts'
import type { Migration, Validation } from './migration-files.ts'
import { pendingMigrations } from './migration-files.ts'
import type { DownReport, MigrationReport, Runner, RunOptions, Waits } from './migration-run.ts'
import { afterOthers, batchOf, upTo } from './migration-run.ts'
import type { Client } from './postgres/connection.ts'
import { Connection } from './postgres/connection.ts'
import { homeOf, stayAt } from './postgres/home.ts'
import { lockedTransaction, lockMigrations } from './postgres/migration-lock.ts'
import { keepJournal } from './postgres/rights.ts'
import type { Serving } from './steps-back.ts'
import { backupBefore, compatibleAgain, nextBack, refuseServing, servingQuery } from './steps-back.ts'
import { openValidations, validateStatement, whyNot } from './validate-postgres.ts'
import type { Facts, FillingRow } from './waiting-step.ts'
import {
  fillingOf,
  fillingQuery,
  firstKnown,
  mayWait,
  noFacts,
  olderQuery,
  refuseWaiting,
  sinceSilent,
  waitsOf,
} from './waiting-step.ts'

interface Batch {
  applied: readonly Migration[]
  bare: Migration | undefined
  number: number
}

const patient = <T>({ connection, lock, patience }: Run, work: (tx: Client) => Promise<T>): Promise<T> =>
  patiently(() => lockedTransaction(connection, lock, work), { tell: lock.tell, patience })

const isThere = async (tx: Client, table: string): Promise<boolean> =>
  (await tx.send<{ known: boolean }>('select to_regclass($1) is not null as known', [table]))[0]?.known ?? false

const fillingIn = async (tx: Client) =>
  (await isThere(tx, 'backfills')) ? (await tx.send<FillingRow>(fillingQuery)).map(fillingOf) : []

const silentSince = () => `'${new Date(sinceSilent()).toISOString()}'`

async function factsFor(tx: Client, step: Migration, files: readonly Migration[]): Promise<Facts> {
  if (!mayWait(step)) return noFacts
  const first = firstKnown(step, files)
  const asks = first !== undefined && (await isThere(tx, 'instances'))
  const [older] = asks ? await tx.send<Serving>(olderQuery(silentSince(), first)) : []
  return { filling: await fillingIn(tx), older }
}

async function waitsIn(tx: Client, pending: readonly Migration[], files: readonly Migration[]): Promise<Waits> {
  const facts: Facts[] = []
  for (const step of pending) facts.push(await factsFor(tx, step, files))
  return waitsOf(pending, facts)
}

const applyNext = (of: Run, files: readonly Migration[], to: string | undefined): Promise<Batch> =>
  patient(of, async (tx) => {
    const { home, tell } = of.lock
    const done = await readLedger(tx)
    const pending = upTo(pendingMigrations(files, done), to)
    const applied = batchOf(pending, !done.length)
    const [next] = pending
    if (done.length && next) refuseWaiting(next, await factsFor(tx, next, files))
    await makeLedgers(tx, home)
    for (const [index, migration] of applied.entries()) {
      await run(tx, migration.name, migration.statements, tell)
      await enter(tx, home, migration, done.length + index + 1)
    }
    await keepJournal(tx)
    return { applied, bare: applied.length ? undefined : pending[0], number: done.length + 1 }
  })

async function validate(of: Run, files: readonly Migration[], each: Validation): Promise<string[]> {
  try {
    await lockedTransaction(of.connection, of.lock, async (tx) => {
      await tx.send(limits('10min'))
      const open = await openValidations(tx, files)
      const isOpen = open.some(({ table, constraint }) => table === each.table && constraint === each.constraint)
      if (isOpen) await tx.send(validateStatement(each))
    })
    return []
  } catch (error) {
    const why = whyNot(each, error)
    if (!why) throw error
    return [why]
  }
}

async function applyAll(of: Run, files: readonly Migration[], to: string | undefined): Promise<string[]> {
  const names: string[] = []
  try {
    for (;;) {
      const { applied, bare, number } = await applyNext(of, files, to)
      if (bare) await applyBare(of, bare, number)
      const done = bare ? [bare] : applied
      if (!done.length) return names
      names.push(...done.map(({ name }) => name))
    }
  } catch (error) {
    throw afterOthers(error, names)
  }
}

async function migrateAll(of: Run, files: readonly Migration[], to: string | undefined): Promise<MigrationReport> {
  const applied = await applyAll(of, files, to)
  const unvalidated: string[] = []
  const open = await lockedTransaction(of.connection, of.lock, (tx) => openValidations(tx, files))
  for (const each of open) unvalidated.push(...(await validate(of, files, each)))
  return { applied, ...(unvalidated.length && { unvalidated }) }
}

async function downAll(of: Run, files: readonly Migration[], count: number): Promise<DownReport> {
  const takenBack: string[] = []
  while (takenBack.length < count)
    await patient(of, async (tx) => {
      await refuseBegun(tx)
      const done = await readLedger(tx)
      const { step, oldest } = nextBack(files, done, count - takenBack.length, backupBefore)
      // A server that starts meanwhile reports itself after this, and finds then that its step is gone.
      await tx.send(`${limits('10min')}; lock table instances in share mode`)
      refuseServing((await tx.send<Serving>(servingQuery(silentSince(), oldest)))[0])
      if (!step) return
      await run(tx, step.name, step.down ?? [], of.lock.tell)
      await strike(tx, of.lock.home, step, compatibleAgain(files, done.slice(0, -1)))
      takenBack.push(step.name)
    })
  return { takenBack }
}

/** Reads without the lock, as whoever migrates may take long. */
async function looking<T>(connection: Connection, look: (tx: Client) => Promise<T>): Promise<T> {
  return connection.transaction('begin isolation level read committed read only', async (own, begun) => {
    await begun
    await own.send(stayAt(await homeOf(own)))
    return look(own)
  })
}

async function countsOf(tx: Client, tables: readonly string[]): Promise<Map<string, number>> {
  const rows = await tx.send<{ name: string; estimate: number }>(
    `select name, reltuples::float8 as estimate from unnest(string_to_array($1, ' ')) as name join pg_class on pg_class.oid = to_regclass(quote_ident(name))`,
    [tables.join(' ')],
  )
  const counts = new Map<string, number>()
  for (const { name, estimate } of rows) {
    const [exact] = estimate > 100_000 ? [] : await tx.send<{ n: string }>(`select count(*) as n from "${name}"`)
    counts.set(name, exact ? Number(exact.n) : Math.round(estimate))
  }
  return counts
}

async function connected<T>(url: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = new Connection(url)
  try {
    return await work(connection)
  } catch (error) {
    if (isLostConnection(error))
      throw new UnavailableError(`PostgreSQL does not answer: ${(error as Error).message}`, { cause: error })
    throw error
  } finally {
    await connection.end()
  }
}

export function postgresRunner(url: string): Runner {
  const locked = <T>({ tell = () => {}, patience = defaultPatience }: RunOptions, work: (of: Run) => Promise<T>) =>
    connected(url, async (connection) => work({ connection, lock: await lockMigrations(connection, tell), patience }))
  return {
    copies: false,
    migrate: (files, options = {}) => locked(options, (of) => migrateAll(of, files, options.to)),
    down: (files, count, options = {}) => locked(options, (of) => downAll(of, files, count)),
    applied: () => connected(url, (connection) => looking(connection, readLedger)),
    unvalidated: (files) =>
      connected(url, async (connection) => {
        const open = await looking(connection, (tx) => openValidations(tx, files))
        return open.map(({ table, constraint }) => `${table}.${constraint}`)
      }),
    filling: () => connected(url, (connection) => looking(connection, fillingIn)),
    waits: (pending, files) => connected(url, (connection) => looking(connection, (tx) => waitsIn(tx, pending, files))),
    counts: (tables) => connected(url, (connection) => looking(connection, (tx) => countsOf(tx, tables))),
  }
}
