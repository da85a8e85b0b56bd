/** The copy of the file from before a step that can lose rows. Only what was verified has its name. */
import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type BetterSqlite from 'better-sqlite3'
import { MigrationError } from './migration-files.ts'
import { rowCounts } from './rebuild-sqlite.ts'
import { connect, makePrivately } from './sqlite-file.ts'

/** Older ones are removed after a migration that has made another. */
export const copiesKept = 3

const made = '.before-'
const unverified = '.unverified-'

function beside(file: string, mark: string): string[] {
  const name = basename(file)
  return readdirSync(dirname(file))
    .filter((each) => each.startsWith(`${name}${mark}`))
    .map((each) => join(dirname(file), each))
}

const stampOf = (copy: string) => /-(\d{8}T\d{9}Z)$/.exec(copy)?.[1] ?? ''
const newestFirst = (one: string, other: string) => (stampOf(one) < stampOf(other) ? 1 : -1)
const stamped = (at: Date) => at.toISOString().replace(/[-:.]/g, '')

export const copiesOf = (file: string): string[] => beside(file, made).sort(newestFirst)

/** A process that died while it copied may have left these; they hold people's data too. */
export const unverifiedCopiesOf = (file: string): string[] => beside(file, unverified)

export const copyFromBefore = (file: string, at: Date): string | undefined =>
  copiesOf(file).find((copy) => stampOf(copy) <= stamped(at))

function sync(path: string): void {
  const opened = openSync(path, 'r')
  try {
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
}

function sameContent(copy: string, locked: BetterSqlite.Database): boolean {
  const copied = connect(copy, { readonly: true })
  try {
    const intact = copied.pragma('integrity_check', { simple: true }) === 'ok'
    return intact && JSON.stringify([...rowCounts(copied)]) === JSON.stringify([...rowCounts(locked)])
  } finally {
    copied.close()
  }
}

/** `locked` holds the write lock, so no other process copies. Throws `MigrationError`, and leaves no half copy. */
export function copyBeside(file: string, locked: BetterSqlite.Database, next: string, written = () => {}): string {
  const name = `${next}-${stamped(new Date())}`
  const [part, copy] = [`${file}${unverified}${name}`, `${file}${made}${name}`]
  for (const left of unverifiedCopiesOf(file)) rmSync(left, { force: true })
  try {
    const reader = connect(file, { readonly: true })
    try {
      makePrivately(part)
      reader.prepare('vacuum into ?').run(part)
    } finally {
      reader.close()
    }
    written()
    if (!sameContent(part, locked)) throw new Error('it is not the same as the database')
    sync(part)
    renameSync(part, copy)
    sync(dirname(file))
    return copy
  } catch (error) {
    rmSync(part, { force: true })
    const why = `The copy ${copy} could not be made before migrating: ${(error as Error).message}. Nothing was migrated`
    throw new MigrationError(why, { cause: error })
  }
}

export function pruneCopies(file: string): void {
  for (const copy of copiesOf(file).slice(copiesKept)) rmSync(copy, { force: true })
}
