import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type BetterSqlite from 'better-sqlite3'
import { sqliteFile } from '../dialect.ts'
import { translated } from '../errors.ts'
import { compatibleLedger, ledger } from '../migration-ledger.ts'
import { endCapture } from '../move/capture.ts'
import { moveOf, refuseMoving } from '../move/moved.ts'
import { openSqlite } from '../sqlite.ts'
import { makeFolder, namedIn, realPath } from '../sqlite-access.ts'
import { Sqlite } from '../sqlite-driver.ts'
import { connect, makePrivately } from '../sqlite-file.ts'
import { fileUrl } from '../sqlite-path.ts'
import type { Census, TableCensus } from './census.ts'
import { TableHash } from './census.ts'
import type { Keeper, Side } from './keeper.ts'
import { refuseFull, stamp, sweep, syncFile, temporary } from './on-disk.ts'
import { lockAlone, replaced, swapFiles } from './swap-sqlite.ts'

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

interface Column {
  name: string
  pk: number
}

/** SQLite writes each value as it would stand in a statement, so that no two kinds of value look alike. */
function tableCensus(client: BetterSqlite.Database, table: string): TableCensus {
  const columns = client.pragma(`table_info(${quoted(table)})`) as Column[]
  const text = columns.map(({ name }) => `quote(${quoted(name)})`).join(` || ',' || `)
  const key = columns
    .filter(({ pk }) => pk)
    .sort((one, other) => one.pk - other.pk)
    .map(({ name }) => quoted(name))
  const order = key.length ? key.join(', ') : text
  const hash = new TableHash()
  const rows = client
    .prepare(`select ${text} from ${quoted(table)} order by ${order}`)
    .pluck()
    .iterate()
  for (const row of rows) hash.add(String(row))
  return hash.done()
}

export function stepsIn(client: BetterSqlite.Database): string[] {
  const tables = client
    .prepare('select name from sqlite_schema where name in (?, ?)')
    .pluck()
    .all(ledger, compatibleLedger) as string[]
  if (!tables.length) return []
  const rows = tables.map((table) => `select step, name from ${table}`).join(' union all ')
  return client.prepare(`select name from (${rows}) order by step`).pluck().all() as string[]
}

/** Its definition too: an index or a check that is missing is damage as well. */
function schemaCensus(client: BetterSqlite.Database): TableCensus {
  const hash = new TableHash()
  const made = client.prepare(
    `select type || ' ' || name || ' ' || coalesce(sql, '') from sqlite_schema order by type, name`,
  )
  for (const row of made.pluck().iterate()) hash.add(String(row))
  return hash.done()
}

export function censusOf(client: BetterSqlite.Database): Census {
  const tables = client
    .prepare(`select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name`)
    .pluck()
    .all() as string[]
  return {
    engine: `SQLite ${client.prepare('select sqlite_version()').pluck().get()}`,
    steps: stepsIn(client),
    tables: Object.fromEntries([
      ...tables.map((table) => [table, tableCensus(client, table)] as const),
      ['sqlite_schema', schemaCensus(client)] as const,
    ]),
  }
}

const faultsAtMost = 5

function faultsOf(client: BetterSqlite.Database): string[] {
  const pages = (client.pragma(`integrity_check(${faultsAtMost})`) as { integrity_check: string }[])
    .map((row) => row.integrity_check)
    .filter((said) => said !== 'ok')
  if (pages.length) return pages
  const broken = client.pragma('foreign_key_check') as { table: string; parent: string }[]
  return broken.slice(0, faultsAtMost).map(({ table, parent }) => `a row of ${table} refers to no row of ${parent}`)
}

/** Some pages are so broken that SQLite does not go on to look at the others. */
function unreadable(look: () => string[]): string[] {
  try {
    return look()
  } catch (error) {
    const { code = '', message } = error as { code?: string; message: string }
    if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return [message]
    throw error
  }
}

function reading<T>(file: string, look: (client: BetterSqlite.Database) => T): T {
  const client = connect(file, { readonly: true })
  try {
    return look(client)
  } finally {
    client.close()
  }
}

/** A migration may have copied it first. */
function removeCopiesOf(file: string): void {
  const folder = dirname(file)
  if (!existsSync(folder)) return
  const copies = readdirSync(folder).filter((name) => name.startsWith(`${basename(file)}.before-`))
  for (const name of copies) rmSync(join(folder, name))
}

function sideAt(file: string): Side {
  return {
    url: fileUrl(file),
    name: file,
    census: async () => reading(file, censusOf),
    faults: async () => unreadable(() => reading(file, faultsOf)),
    open: () => openSqlite(file),
    async drop() {
      removeCopiesOf(file)
      for (const path of [file, `${file}-wal`, `${file}-shm`, `${file}-journal`]) rmSync(path, { force: true })
    },
  }
}

/** A statement that waits for nobody: it reads the moment at which it begins, whatever others write meanwhile. */
function vacuumInto(file: string): void {
  const client = connect(sqliteFile, { readonly: true })
  try {
    client.prepare('vacuum into ?').run(file)
  } finally {
    client.close()
  }
}

/** A copy of a register on its way to PostgreSQL is a register that stays. */
function forgetMove(file: string): void {
  const client = new Sqlite(file)
  try {
    if (moveOf(client)) client.transaction(endCapture).immediate(client)
  } finally {
    client.close()
  }
}

const isThere = () => existsSync(sqliteFile) && statSync(sqliteFile).size > 0
const sizeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0

function ownFile(): string {
  makeFolder(sqliteFile)
  return realPath(sqliteFile)
}

function newBeside(what: string): string {
  const file = ownFile()
  sweep(dirname(file), `${basename(file)}.${what}-`)
  return temporary(`${file}.${what}-${process.pid}-${stamp()}`)
}

export function sqliteKeeper(): Keeper {
  return {
    database: 'sqlite',
    fileName: 'homeroom.db',
    workFolder() {
      const folder = newBeside('work')
      mkdirSync(folder, { mode: 0o700 })
      return folder
    },
    async requireRegister() {
      if (!isThere())
        throw new Error(`There is no register at ${sqliteFile}: set DATABASE_URL to the one that is meant`)
    },
    async copyTo(file) {
      refuseFull(dirname(file), sizeOf(sqliteFile) + sizeOf(`${sqliteFile}-wal`))
      try {
        const begun = performance.now()
        makePrivately(file)
        vacuumInto(file)
        forgetMove(file)
        await syncFile(file)
        const took = performance.now() - begun
        return { census: reading(file, censusOf), took }
      } catch (error) {
        throw namedIn(sqliteFile, translated(error))
      }
    },
    sideOf: async (file) => sideAt(file),
    successorOf: async (file) => sideAt(file),
    successorFile: () => newBeside('restoring'),
    async refuseInUse() {
      if (!isThere()) return
      const client = lockAlone(sqliteFile)
      try {
        if (client) refuseMoving(client, 'A restore')
      } finally {
        client?.close()
      }
    },
    async swap({ name }) {
      removeCopiesOf(name)
      forgetMove(name)
      const file = ownFile()
      return swapFiles(name, file, `${file}${replaced}${stamp()}`)
    },
  }
}
