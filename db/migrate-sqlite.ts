import { existsSync, rmSync, statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type BetterSqlite from 'better-sqlite3'
import { apply, makeLedgers, readLedger, takeBack } from './apply-sqlite.ts'
import { copyBeside, copyFromBefore, pruneCopies } from './copy-sqlite.ts'
import { isBusy, translated, UnavailableError } from './errors.ts'
import type { Migration } from './migration-files.ts'
import { MigrationError, pendingMigrations } from './migration-files.ts'
import type { DownReport, MigrationReport, Runner, RunOptions, Tell, Waits } from './migration-run.ts'
import { afterOthers, batchOf, upTo } from './migration-run.ts'
import { refuseMoved, refuseMoving } from './move/moved.ts'
import { madeSentence, refuseElsewhere } from './new-register.ts'
import { leavesRows } from './rebuild-sqlite.ts'
import { namedIn } from './sqlite-access.ts'
import { connectPatiently, connectToRead, prepareFolder } from './sqlite-file.ts'
import type { Serving } from './steps-back.ts'
import { backupBefore, compatibleAgain, nextBack, refuseServing, servingQuery } from './steps-back.ts'
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

const lockLimit = 60_000

interface Place {
  file: string
  project: string
  isRelative: boolean
}

interface Run extends Place {
  client: BetterSqlite.Database
  tell: Tell
  copy?: string
}

async function beginImmediate(client: BetterSqlite.Database): Promise<void> {
  const deadline = performance.now() + lockLimit
  for (;;) {
    try {
      client.exec('begin immediate')
      return
    } catch (error) {
      if (!isBusy(error)) throw error
      if (performance.now() > deadline)
        throw new UnavailableError(
          `Another process has been writing to the database for ${lockLimit / 1000} s: nothing was migrated`,
        )
      await sleep(20 + Math.random() * 30)
    }
  }
}

/** Others may write between two steps, but not during one. */
async function locked<T>(run: Run, work: () => T): Promise<T> {
  const { client, tell } = run
  await beginImmediate(client)
  tell({ point: 'locked' })
  const hadCopy = run.copy
  try {
    const result = work()
    tell({ point: 'committing' })
    client.exec('commit')
    tell({ point: 'committed' })
    return result
  } catch (error) {
    if (client.inTransaction) client.exec('rollback')
    // The file is unchanged, and each further try would leave one more copy of it.
    if (run.copy && run.copy !== hadCopy) rmSync(run.copy, { force: true })
    throw error
  }
}

function copyFirst(run: Run, name: string): void {
  if (run.copy) return
  const { file, client, tell } = run
  tell({ point: 'copying', step: name, sentence: `Copying the database before ${name}` })
  run.copy = copyBeside(file, client, name, () => tell({ point: 'copying', step: name }))
  tell({ point: 'copied', step: name })
}

const isThere = (client: BetterSqlite.Database, table: string): boolean =>
  client.prepare(`select 1 from sqlite_schema where type = 'table' and name = ?`).get(table) !== undefined

const fillingIn = (client: BetterSqlite.Database) =>
  isThere(client, 'backfills') ? (client.prepare(fillingQuery).all() as FillingRow[]).map(fillingOf) : []

function factsFor(client: BetterSqlite.Database, step: Migration, files: readonly Migration[]): Facts {
  if (!mayWait(step)) return noFacts
  const first = firstKnown(step, files)
  const asks = first !== undefined && isThere(client, 'instances')
  const older = asks ? client.prepare(olderQuery(String(sinceSilent()), first)).get() : undefined
  return { filling: fillingIn(client), older: older as Serving | undefined }
}

function waitsIn(client: BetterSqlite.Database, pending: readonly Migration[], files: readonly Migration[]): Waits {
  return waitsOf(
    pending,
    pending.map((step) => factsFor(client, step, files)),
  )
}

interface Batch {
  applied: readonly Migration[]
  wasEmpty: boolean
}

function applyNext(run: Run, files: readonly Migration[], to: string | undefined): Batch {
  const { client, tell } = run
  const done = readLedger(client)
  const applied = batchOf(upTo(pendingMigrations(files, done), to), !done.length)
  makeLedgers(client)
  const [next] = applied
  if (next) refuseMoving(client, `The step ${next.name}`)
  if (next && done.length) refuseWaiting(next, factsFor(client, next, files))
  if (next && done.length && (next.irreversible || !leavesRows(next.statements))) copyFirst(run, next.name)
  for (const [index, migration] of applied.entries()) apply(client, migration, done.length + index + 1, tell)
  return { applied, wasEmpty: !done.length }
}

async function migrateAll(run: Run, files: readonly Migration[], to: string | undefined): Promise<MigrationReport> {
  const applied: string[] = []
  let isNew = false
  for (;;) {
    const batch = await locked(run, () => applyNext(run, files, to)).catch((error) => {
      throw afterOthers(error, applied)
    })
    isNew ||= batch.wasEmpty
    applied.push(...batch.applied.map(({ name }) => name))
    if (!batch.applied.length || applied.length === files.length) break
  }
  const { copy, file, project } = run
  if (copy) pruneCopies(file)
  return { applied, ...(copy && { copy }), ...(isNew && { made: madeSentence(file, project) }) }
}

const copyOrBackup = (file: string) => (at: Date) => copyFromBefore(file, at) ?? backupBefore(at)

async function downAll(run: Run, files: readonly Migration[], count: number): Promise<DownReport> {
  const { client, file, tell } = run
  const takenBack: string[] = []
  while (takenBack.length < count)
    await locked(run, () => {
      const done = readLedger(client)
      const { step, oldest } = nextBack(files, done, count - takenBack.length, copyOrBackup(file))
      refuseServing(client.prepare(servingQuery(String(sinceSilent()), oldest)).get() as Serving | undefined)
      if (!step) return
      refuseMoving(client, `Taking the step ${step.name} back`)
      if (!leavesRows(step.down ?? [])) copyFirst(run, `down_${step.name}`)
      takeBack(client, step, compatibleAgain(files, done.slice(0, -1)), tell)
      takenBack.push(step.name)
    })
  if (run.copy) pruneCopies(file)
  return { takenBack, ...(run.copy && { copy: run.copy }) }
}

async function connected<T>(place: Place, tell: Tell = () => {}, work: (run: Run) => Promise<T>): Promise<T> {
  const { file, project, isRelative } = place
  if (isRelative) refuseElsewhere(file, project)
  prepareFolder(file)
  const client = await connectPatiently(file)
  try {
    refuseMoved(client)
    // The pragma works only outside a transaction; with keys on, a rebuild's DROP TABLE would delete the child rows.
    client.pragma('foreign_keys = OFF')
    return await work({ ...place, client, tell })
  } catch (error) {
    throw error instanceof MigrationError ? error : namedIn(file, translated(error))
  } finally {
    client.close()
  }
}

function looking<T>({ file, project, isRelative }: Place, nothing: T, look: (client: BetterSqlite.Database) => T): T {
  if (isRelative) refuseElsewhere(file, project)
  if (!existsSync(file) || !statSync(file).size) return nothing
  const client = connectToRead(file)
  try {
    return look(client)
  } finally {
    client.close()
  }
}

function countsOf(client: BetterSqlite.Database, tables: readonly string[]): Map<string, number> {
  const known = tables.filter((table) => isThere(client, table))
  return new Map(known.map((name) => [name, client.prepare(`select count(*) from "${name}"`).pluck().get() as number]))
}

export function sqliteRunner(place: Place): Runner {
  return {
    copies: true,
    migrate: (files, { to, tell }: RunOptions = {}) => connected(place, tell, (run) => migrateAll(run, files, to)),
    down: (files, count, { tell }: RunOptions = {}) => connected(place, tell, (run) => downAll(run, files, count)),
    applied: async () => looking(place, [], readLedger),
    // A step on SQLite holds for every row, or is not applied.
    unvalidated: async () => [],
    filling: async () => looking(place, [], fillingIn),
    waits: async (pending, files) => looking(place, {}, (client) => waitsIn(client, pending, files)),
    counts: async (tables) => looking(place, new Map(), (client) => countsOf(client, tables)),
  }
}
