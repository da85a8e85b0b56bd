/** One file takes the place of another: at each moment the old one or the new one is there, whole. */
import { execFileSync } from 'node:child_process'
import { existsSync, linkSync, readdirSync, renameSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type BetterSqlite from 'better-sqlite3'
import { isBusy } from '../errors.ts'
import { Sqlite } from '../sqlite-driver.ts'
import type { Swapped } from './keeper.ts'
import { giveToOwnerOf, refuseFull, syncFile, syncFolder, temporary } from './on-disk.ts'

export const replaced = '.replaced-'

const inUse = (file: string) =>
  new Error(
    `A server or another program has ${file} open: nothing was changed. Stop it, and see that nothing starts it again meanwhile`,
  )
const isNoDatabase = (error: unknown) => /^SQLITE_(NOTADB|CORRUPT)/.test((error as { code?: string }).code ?? '')

/** Moves the log's content into the file, so that the file alone is the register. Undefined where SQLite can't read it. Throws while anybody has it open. */
export function lockAlone(file: string): BetterSqlite.Database | undefined {
  const client = new Sqlite(file, { timeout: 0 })
  try {
    client.pragma('journal_mode = DELETE')
    // A loss of power right after a commit must not bring the journal back, which would undo it.
    client.pragma('synchronous = EXTRA')
    client.exec('begin exclusive')
    return client
  } catch (error) {
    client.close()
    if (isBusy(error)) throw inUse(file)
    if (isNoDatabase(error)) return undefined
    throw error
  }
}

export const replacedBeside = (file: string): string[] =>
  readdirSync(dirname(file))
    .filter((name) => name.startsWith(`${basename(file)}${replaced}`))
    .map((name) => join(dirname(file), name))

const logs = ['-wal', '-shm', '-journal']

/** A log of the old file would be taken for one of the new. */
function keepLogs(file: string, kept: string): void {
  for (const log of logs) if (existsSync(file + log)) renameSync(file + log, kept + log)
}

const isThere = (file: string) => existsSync(file) && statSync(file).size > 0

export const hasNoLinks = (error: unknown) =>
  /^(EPERM|ENOTSUP|EOPNOTSUPP|ENOSYS)$/.test((error as NodeJS.ErrnoException).code ?? '')
const copying = 'const fs = require("node:fs"); fs.copyFileSync(...process.argv.slice(1), fs.constants.COPYFILE_EXCL)'

/** Some file systems have no second name for a file. A process of its own copies: here that would end the lock on the file. */
async function keep(file: string, kept: string, link: typeof linkSync): Promise<void> {
  try {
    link(file, kept)
  } catch (error) {
    if (!hasNoLinks(error)) throw error
    const unfinished = temporary(`${kept}.making`)
    refuseFull(dirname(file), statSync(file).size)
    execFileSync(process.execPath, ['-e', copying, file, unfinished])
    await syncFile(unfinished)
    giveToOwnerOf(dirname(file), unfinished)
    renameSync(unfinished, kept)
  }
}

/** `successor` must be closed. Whoever comes while this runs finds the file locked, and asks again by its name. */
export async function swapFiles(successor: string, file: string, kept: string, link = linkSync): Promise<Swapped> {
  await syncFile(successor)
  const had = isThere(file)
  giveToOwnerOf(had ? file : dirname(file), successor)
  const locked = had ? lockAlone(file) : undefined
  try {
    if (had) await keep(file, kept, link)
    keepLogs(file, kept)
    renameSync(successor, file)
  } finally {
    locked?.close()
  }
  await syncFolder(dirname(file))
  return had ? { kept } : {}
}
