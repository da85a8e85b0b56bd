/** A school as files: all of one moment, in the order of its keys, with no database's own forms. */
import { createWriteStream, existsSync, linkSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { eq } from 'drizzle-orm'
import { ZipFile } from 'yazl'
import { syncFile, syncFolder, temporary } from '../../db/backups/on-disk.ts'
import { hasNoLinks } from '../../db/backups/swap-sqlite.ts'
import type { Database, Reader } from '../../db/database.ts'
import { schools } from '../../db/schema/index.ts'
import { walkRows } from '../../db/walk.ts'
import { canonical } from '../canonical.ts'
import { verifySchool } from '../journal/verify.ts'
import { accountsOf } from './accounts.ts'
import { writtenLines } from './lines.ts'
import type { Manifest } from './manifest.ts'
import { SchoolFilesError } from './school-files-error.ts'
import { accountsFile, fileOf, going, manifestFile, tableOf } from './tables.ts'

type SchoolRow = typeof schools.$inferSelect
export interface ExportOptions {
  step: string
  version: string
  now: Date
}

async function* rowsOf(tx: Reader, key: string, schoolId: number): AsyncGenerator<string[]> {
  for await (const rows of walkRows(tx, tableOf(key), schoolId))
    yield rows.map(({ schoolId: _own, ...row }) => canonical(row))
}

async function* accountLines(tx: Reader, schoolId: number): AsyncGenerator<string[]> {
  for await (const accounts of accountsOf(tx, schoolId)) yield accounts.map(canonical)
}

function linesOf(tx: Reader, schoolId: number): [name: string, lines: () => AsyncIterable<string[]>][] {
  return [
    [accountsFile, () => accountLines(tx, schoolId)],
    ...going.map((key) => [fileOf(key), () => rowsOf(tx, key, schoolId)] as [string, () => AsyncIterable<string[]>]),
  ]
}

async function journalOf(tx: Reader, school: SchoolRow): Promise<Manifest['journal']> {
  const { head, broken } = await verifySchool(tx, school)
  const [number, hash = ''] = head.split(':')
  return {
    number: Number(number),
    hash,
    broken: broken && { number: broken.number, what: broken.what },
  }
}

function add(zip: ZipFile, name: string, mtime: Date, lines: () => AsyncIterable<string[]>) {
  return new Promise<Manifest['files'][string]>((resolve, reject) => {
    zip.addReadStreamLazy(name, { mtime }, (answer) => {
      const stream = Readable.from(writtenLines(lines(), resolve), { objectMode: false })
      stream.once('error', reject)
      answer(null, stream)
    })
  })
}

/** Each file is read from the database only when the one before it is written. */
async function fill(zip: ZipFile, tx: Reader, school: SchoolRow, options: ExportOptions): Promise<Manifest> {
  const files: Manifest['files'] = {}
  for (const [name, lines] of linesOf(tx, school.id)) files[name] = await add(zip, name, options.now, lines)
  const manifest: Manifest = {
    format: 1,
    homeroom: options.version,
    step: options.step,
    exportedAt: options.now.toISOString(),
    school: { ...school, archivedAt: school.archivedAt?.toISOString() ?? null },
    journal: await journalOf(tx, school),
    files,
  }
  zip.addBuffer(Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`), manifestFile, { mtime: options.now })
  zip.end()
  return manifest
}

async function zipped<T>(path: string, work: (zip: ZipFile) => Promise<T>): Promise<T> {
  const zip = new ZipFile()
  const failed = new AbortController()
  const written = pipeline(zip.outputStream, createWriteStream(path, { flags: 'wx', mode: 0o600 }), failed)
  try {
    // What fails is told by `work`, too.
    zip.on('error', () => {})
    return (await Promise.all([work(zip), written]))[0]
  } catch (error) {
    failed.abort()
    throw error
  }
}

const taken = (path: string) => new SchoolFilesError(`${path} is there already: name another file, or remove it`)

function giveName(unfinished: string, path: string): void {
  try {
    linkSync(unfinished, path)
  } catch (error) {
    if (!hasNoLinks(error)) throw (error as NodeJS.ErrnoException).code === 'EEXIST' ? taken(path) : error
    if (existsSync(path)) throw taken(path)
    renameSync(unfinished, path)
  }
  rmSync(unfinished, { force: true })
}

export interface Exported {
  manifest: Manifest
  bytes: number
}

async function schoolNamed(tx: Reader, named: string): Promise<SchoolRow | undefined> {
  const isId = /^[1-9]\d{0,8}$/.test(named)
  const [bySlug] = await tx.select().from(schools).where(eq(schools.slug, named))
  if (bySlug || !isId) return bySlug
  const [byId] = await tx
    .select()
    .from(schools)
    .where(eq(schools.id, Number(named)))
  return byId
}

/** `named` is the first part of the school's address, or its id. */
export async function exportSchool(
  db: Database,
  named: string,
  path: string,
  options: ExportOptions,
): Promise<Exported> {
  if (existsSync(path)) throw taken(path)
  const unfinished = temporary(`${path}.unfinished-${process.pid}`)
  try {
    const manifest = await db.snapshot(async (tx) => {
      const school = await schoolNamed(tx, named)
      if (!school) throw new SchoolFilesError(`There is no school ${JSON.stringify(named)}`)
      return zipped(unfinished, (zip) => fill(zip, tx, school, options))
    })
    await syncFile(unfinished)
    giveName(unfinished, path)
    await syncFolder(dirname(path))
    return { manifest, bytes: statSync(path).size }
  } finally {
    rmSync(unfinished, { force: true })
  }
}
