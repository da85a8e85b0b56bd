/** Steps that PostgreSQL runs outside a transaction. Each statement is noted when it is done, and the next run goes on after it. */
import { createHash } from 'node:crypto'
import { enter, failed, limits, patiently } from './apply-postgres.ts'
import type { Migration } from './migration-files.ts'
import { MigrationError } from './migration-files.ts'
import { notes } from './migration-ledger.ts'
import type { Progress } from './migration-run.ts'
import type { Client, Connection } from './postgres/connection.ts'
import { quoted } from './postgres/home.ts'
import type { Lock } from './postgres/migration-lock.ts'
import { lockedTransaction } from './postgres/migration-lock.ts'
import { keepJournal } from './postgres/rights.ts'

export interface Run {
  connection: Connection
  lock: Lock
  patience: number
}

const makeNotes = `create table if not exists ${notes} (name text, number integer, hash text not null, at timestamptz(3) not null, primary key (name, number))`

const made = /^CREATE\s+(?:UNIQUE\s+)?INDEX\s+CONCURRENTLY\s+(?:IF\s+NOT\s+EXISTS\s+)?"?(\w+)"?/i
const dropped = /^DROP\s+INDEX\s+CONCURRENTLY\s+(?:IF\s+EXISTS\s+)?"?(\w+)"?/i

const hashOf = (statement = '') => createHash('sha256').update(statement).digest('hex')

/** A statement that failed may be corrected, and those after it; one that was run may not. */
async function notedOf(tx: Client, { name, statements }: Migration): Promise<Set<number>> {
  await tx.send(makeNotes)
  await keepJournal(tx)
  const rows = await tx.send<{ number: number; hash: string }>(
    `select number, hash from ${notes} where name = $1 order by number`,
    [name],
  )
  const edited = rows.find(({ number, hash }) => hash !== hashOf(statements[number - 1]))
  if (edited)
    throw new MigrationError(
      `Migration ${name} was edited in its statement ${edited.number}, which was run already: restore that one, and correct only those after statement ${rows.length}`,
    )
  return new Set(rows.map(({ number }) => number))
}

const note = (tx: Client, { name, statements }: Migration, number: number) =>
  tx.send(`insert into ${notes} (name, number, hash, at) values ($1, $2, $3, $4)`, [
    name,
    number,
    hashOf(statements[number - 1]),
    new Date().toISOString(),
  ])

async function validityOf(client: Client, index: string): Promise<boolean | undefined> {
  const rows = await client.send<{ valid: boolean }>(
    'select indisvalid as valid from pg_index where indexrelid = to_regclass($1)',
    [quoted(index)],
  )
  return rows[0]?.valid
}

/** A process that dies, or rows that break a unique index, leave one that every write fills and no query uses. */
async function repair({ connection, lock }: Run, index: string): Promise<boolean> {
  const isValid = await validityOf(connection, index)
  if (isValid === false) {
    lock.tell({ point: 'repairing', sentence: `Index ${index} was left half made: it is dropped and made anew` })
    await connection.send(`drop index concurrently ${quoted(index)}`)
  }
  return isValid === true
}

async function runConcurrently(run: Run, statement: string): Promise<void> {
  const { connection } = run
  const [, index] = made.exec(statement) ?? []
  const [, gone] = dropped.exec(statement) ?? []
  if (gone && (await validityOf(connection, gone)) === undefined) return
  if (index && (await repair(run, index))) return
  try {
    await connection.send(statement)
  } catch (error) {
    if (index) await repair(run, index).catch(() => undefined)
    throw error
  }
}

async function runStatement(run: Run, migration: Migration, number: number, at: Progress): Promise<void> {
  const { connection, lock, patience } = run
  const { tell } = lock
  const statement = migration.statements[number - 1] ?? ''
  const isConcurrent = /\bCONCURRENTLY\b/i.test(statement)
  const inTransaction = () =>
    lockedTransaction(connection, lock, async (tx) => {
      await tx.send(limits('0'))
      if (!isConcurrent) await tx.send(statement)
      if (!isConcurrent) tell({ ...at, point: 'ran' })
      await note(tx, migration, number)
    })
  if (isConcurrent) {
    await patiently(() => runConcurrently(run, statement), { tell, patience })
    tell({ ...at, point: 'ran' })
  }
  await patiently(inTransaction, { tell, patience })
  tell({ ...at, point: 'noted' })
}

/** A concurrent statement waits for others without holding them up, so that nothing limits it. */
export async function applyBare(run: Run, migration: Migration, number: number): Promise<void> {
  const { connection, lock } = run
  const { name, statements } = migration
  if (!lock.isDirect)
    throw new MigrationError(
      `Migration ${name} runs outside a transaction, which the pooler at this address does not carry: set DATABASE_DIRECT_URL to the way past it. Nothing was changed`,
    )
  await connection.send(
    `set search_path to ${quoted(lock.home.schema)}; set lock_timeout = 0; set statement_timeout = 0`,
  )
  const noted = await lockedTransaction(connection, lock, (tx) => notedOf(tx, migration))
  for (const each of statements.keys()) {
    if (noted.has(each + 1)) continue
    const at = { step: name, number: each + 1, of: statements.length }
    lock.tell({ point: 'statement', ...at, sentence: `${name}: statement ${at.number} of ${at.of}` })
    await runStatement(run, migration, each + 1, { point: 'statement', ...at }).catch((error) => {
      if (error instanceof MigrationError) throw error
      throw failed(
        name,
        error,
        `It is applied up to statement ${each} of ${at.of}: correct what failed, and the next migrate goes on from there`,
      )
    })
  }
  await lockedTransaction(connection, lock, async (tx) => {
    await enter(tx, lock.home, migration, number)
    await tx.send(`drop table ${notes}`)
  })
}

/** What a step that is only begun has done is in no ledger: nobody would ever take it back. */
export async function refuseBegun(tx: Client): Promise<void> {
  const [found] = await tx.send(`select to_regclass('${notes}') is not null as known`)
  if (!found?.known) return
  const [begun] = await tx.send<{ name: string }>(`select name from ${notes} limit 1`)
  if (begun)
    throw new MigrationError(
      `Migration ${begun.name} is begun and not done: run npx homeroom migrate with the version that has it, then take it back. Nothing was changed`,
    )
}
