import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { databaseUrl, directUrl, programEnvironment } from '../dialect.ts'
import type { Address } from '../postgres/address.ts'
import { addressOf } from '../postgres/address.ts'
import { Connection } from '../postgres/connection.ts'
import { openPostgres } from '../postgres/database.ts'
import { homeOf, quoted, stayAt } from '../postgres/home.ts'
import { keepMigrationsAway } from '../postgres/migration-lock.ts'
import { censusOf, nameOf, tablesOf } from './census-postgres.ts'
import type { Copied, Keeper, Side } from './keeper.ts'
import { leftAfter, stamp, sweep, temporary } from './on-disk.ts'
import { findProgram, runProgram } from './postgres-programs.ts'
import { refuseOthers, swapDatabases } from './swap-postgres.ts'

async function connected<T>(url: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = new Connection(url)
  try {
    return await work(connection)
  } finally {
    await connection.end()
  }
}

const oneMoment = 'begin isolation level repeatable read read only'

export async function majorOf(url: string): Promise<number> {
  const [row] = await connected(url, (client) =>
    client.send<{ version: number }>(`select current_setting('server_version_num')::int / 10000 as version`),
  )
  return row?.version ?? 0
}

function addressIn(url: string, variable: string): Address {
  const address = addressOf(url, variable)
  return { ...address, database: address.database ?? address.user }
}

async function copyTo(file: string): Promise<Copied> {
  const program = await findProgram('pg_dump', await majorOf(directUrl))
  return connected(directUrl, async (connection) => {
    const home = await keepMigrationsAway(connection)
    const begun = performance.now()
    return connection.transaction(oneMoment, async (client, opened) => {
      await opened
      await client.send(stayAt(home))
      const [moment] = await client.send<{ id: string }>('select pg_export_snapshot() as id')
      const tables = (await tablesOf(client)).flatMap((table) => ['--table', nameOf(table)])
      const args = ['--format=custom', `--snapshot=${moment?.id}`, `--file=${file}`, ...tables]
      const dumped = runProgram(program, args, addressIn(directUrl, 'DATABASE_DIRECT_URL'), programEnvironment)
      const took = dumped.then(() => performance.now() - begun)
      const [census, ms] = await Promise.all([censusOf(client), took])
      return { census, took: ms }
    })
  })
}

const withDatabase = (url: string, database: string): string => {
  const [before = '', query] = url.split(/\?(.*)/s)
  const rest = query ? `?${query.replace(/(^|&)dbname=[^&]*/, '')}` : ''
  return `${before.replace(/^(postgres(?:ql)?:\/\/[^/]*)(\/.*)?$/s, '$1')}/${encodeURIComponent(database)}${rest}`
}

const mayMakeNone =
  'The role of DATABASE_DIRECT_URL (or DATABASE_URL) may make no database, in which a backup is looked at: alter role … createdb, or name an empty one in BACKUP_SCRATCH_URL'

const scratch = 'homeroom_scratch_'

/** A process that was killed has dropped nothing. One that is in use can't be dropped, and stays. */
async function sweepScratch(client: Connection): Promise<void> {
  const oldest = `${scratch}${stamp(new Date(Date.now() - leftAfter)).toLowerCase()}`
  const left = await client.send<{ name: string }>(
    'select datname as name from pg_database where starts_with(datname, $1) and datname collate "C" < $2',
    [scratch, oldest],
  )
  for (const { name } of left) await client.send(`drop database ${quoted(name)}`).catch(() => undefined)
}

async function makeDatabase(name: string): Promise<void> {
  try {
    await connected(directUrl, async (client) => {
      await sweepScratch(client)
      await client.send(`create database ${quoted(name)} encoding 'UTF8' template template0`)
    })
  } catch (error) {
    throw (error as { code?: string }).code === '42501' ? new Error(mayMakeNone, { cause: error }) : error
  }
}

async function refuseFilled(url: string): Promise<void> {
  const [row] = await connected(url, (client) =>
    client.send<{ count: string }>(
      `select count(*) from pg_class where relkind = 'r' and relnamespace = current_schema()::regnamespace`,
    ),
  )
  if (Number(row?.count))
    throw new Error('The database of BACKUP_SCRATCH_URL, or --scratch-url, has tables: name an empty one')
}

const schemas = `do $$ begin if to_regnamespace('drizzle') is null then create schema drizzle; end if; end $$`

async function load(file: string, url: string, options: readonly string[]): Promise<void> {
  const program = await findProgram('pg_restore', await majorOf(url))
  const { schema } = await connected(directUrl, homeOf)
  const own = schema === 'public' ? schemas : `create schema if not exists ${quoted(schema)}`
  await connected(url, (client) => client.send(own))
  const address = addressIn(url, '--scratch-url')
  const args = ['--exit-on-error', '--no-owner', ...options, `--dbname=${address.database}`, file]
  await runProgram(program, args, address, programEnvironment)
  await connected(url, (client) => client.send('analyze'))
}

/** An empty database that somebody lent is given back empty. */
async function empty(client: Connection): Promise<void> {
  const [found] = await client.send<{ isThere: boolean }>(`select to_regclass('journal') is not null as "isThere"`)
  if (!found?.isThere) return
  const tables = (await tablesOf(client)).map(nameOf)
  await client.send(`drop table ${tables.join(', ')} cascade`)
}

function sideAt(url: string, name: string, isOurs: boolean): Side {
  return {
    url,
    name,
    census: () =>
      connected(url, (own) =>
        own.transaction(oneMoment, async (client, begun) => {
          await begun
          return censusOf(client)
        }),
      ),
    // PostgreSQL has checked every row and reference while it was restored.
    faults: async () => [],
    open: () => openPostgres(url, { min: 1, max: 4 }),
    drop: () =>
      isOurs
        ? connected(directUrl, async (client) => void (await client.send(`drop database if exists ${quoted(name)}`)))
        : connected(url, empty),
  }
}

async function madeFrom(file: string, at: string | undefined, what: string, options: readonly string[]): Promise<Side> {
  const name = `homeroom_${what}_${stamp().toLowerCase()}`
  if (at) await refuseFilled(at)
  else await makeDatabase(name)
  const url = at ?? withDatabase(directUrl, name)
  const side = sideAt(url, at ? (addressIn(at, '--scratch-url').database ?? '') : name, !at)
  try {
    await load(file, url, options)
  } catch (error) {
    await side.drop()
    throw error
  } finally {
    rmSync(file, { force: true })
  }
  return side
}

/** A dump that a killed process has left there is not encrypted. */
function newFolder(): string {
  sweep(tmpdir(), 'homeroom-backup-')
  return temporary(mkdtempSync(join(tmpdir(), 'homeroom-backup-')))
}

export function postgresKeeper(): Keeper {
  return {
    database: 'postgresql',
    fileName: 'homeroom.dump',
    workFolder: newFolder,
    async requireRegister() {
      const [row] = await connected(directUrl, (client) =>
        client.send<{ isThere: boolean }>(`select to_regclass('journal_values') is not null as "isThere"`),
      )
      if (!row?.isThere) throw new Error('There is no register in the database that DATABASE_URL names')
    },
    copyTo,
    sideOf: (file, at) => madeFrom(file, at, 'scratch', ['--no-privileges']),
    successorOf: (file, at) => madeFrom(file, at, 'restored', []),
    successorFile: () => join(newFolder(), 'homeroom.dump'),
    refuseInUse: () => connected(directUrl, refuseOthers),
    swap: (side) => swapDatabases(side, { directUrl, databaseUrl, withDatabase }),
  }
}
