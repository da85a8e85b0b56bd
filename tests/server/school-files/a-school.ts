/** Archives of a school's files that a test can read and spoil. */
import { hash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { eq, inArray } from 'drizzle-orm'
import { afterAll } from 'vitest'
import { ZipFile } from 'yazl'
import { noSchool } from '../../../db/database.ts'
import { migrationFiles } from '../../../db/migration-files.ts'
import { imports, oneTimeTokens, schools, sessions, users } from '../../../db/schema/index.ts'
import { canonical } from '../../../server/canonical.ts'
import { migrations } from '../../../server/runtime/folders.ts'
import { exportSchool } from '../../../server/school-files/export.ts'
import { importSchool } from '../../../server/school-files/import.ts'
import { going, tableOf } from '../../../server/school-files/tables.ts'
import { openZip } from '../../../server/zip.ts'
import { db, now } from '../../setup/people.ts'
import { temporaryFolder } from '../../setup/server.ts'

const folder = temporaryFolder()
afterAll(folder.done)
let made = 0
export const newFile = (): string => join(folder.path, `${++made}.zip`)

export const steps = migrationFiles(migrations).map(({ name }) => name)
export const exported = async (named: string, path = newFile()) => {
  await exportSchool(db, named, path, { step: steps.at(-1) ?? '', version: 'dev', now })
  return path
}
export const imported = (path: string, slug?: string) => importSchool(db, path, { slug, steps, now })

export type Files = Map<string, Buffer>

export async function unpacked(path: string): Promise<Files> {
  const advice = { unreadable: '', otherMethod: '', bomb: '', damaged: '' }
  const fail = (message: string) => new Error(message)
  const zip = await openZip({ path, mostEntries: 100, isWanted: () => true, advice, fail })
  const files: Files = new Map()
  for (const { name, open } of zip.files) files.set(name, await buffer(await open()))
  zip.close()
  return files
}

export async function packed(files: Iterable<[string, Buffer]>): Promise<string> {
  const path = newFile()
  const zip = new ZipFile()
  for (const [name, content] of files) zip.addBuffer(content, name)
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(path))
  return path
}

/** As another register is, which never knew this school or these people. As the owner of the tables: as-owner.ts. */
export const forget = (schoolId: number, userIds: readonly string[]): Promise<void> =>
  db.transaction(noSchool, async (tx) => {
    await tx.delete(imports).where(eq(imports.schoolId, schoolId))
    for (const key of going.toReversed()) {
      const table = tableOf(key) as typeof imports
      await tx.delete(table).where(eq(table.schoolId, schoolId))
    }
    await tx.delete(schools).where(eq(schools.id, schoolId))
    for (const table of [sessions, oneTimeTokens]) await tx.delete(table).where(inArray(table.userId, [...userIds]))
    await tx.delete(users).where(inArray(users.id, [...userIds]))
  })

/** Changes the lines of one file, as somebody would who also corrects its manifest. */
export async function forged(path: string, name: string, change: (text: string) => string | Buffer): Promise<string> {
  const files = await unpacked(path)
  const changed = change(String(files.get(name)))
  const content = typeof changed === 'string' ? Buffer.from(changed) : changed
  const manifest = JSON.parse(String(files.get('manifest.json')))
  const rows = String(content).split('\n').length - 1
  manifest.files[name] = { rows, bytes: content.length, sha256: hash('sha256', content) }
  return packed(files.set(name, content).set('manifest.json', Buffer.from(canonical(manifest))))
}
