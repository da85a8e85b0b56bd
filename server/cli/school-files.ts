import { resolve } from 'node:path'
import { migrationFiles } from '../../db/migration-files.ts'
import '../kinds.ts'
import { migrations } from '../runtime/folders.ts'
import { appVersion } from '../runtime/version.ts'
import { exportSchool } from '../school-files/export.ts'
import { importSchool } from '../school-files/import.ts'
import type { Manifest } from '../school-files/manifest.ts'
import { lookingAt, withRegister } from './database.ts'
import { endInOrder } from './signals.ts'
import { complain, say } from './terminal.ts'

const stepNames = () => migrationFiles(migrations).map(({ name }) => name)

const rowsIn = ({ files }: Manifest) =>
  Object.fromEntries(Object.entries(files).map(([name, { rows }]) => [name.replace('.jsonl', ''), rows]))
const total = (manifest: Manifest) => Object.values(rowsIn(manifest)).reduce((sum, rows) => sum + rows, 0)
const count = (number: number, one: string) => `${number} ${one}${number === 1 ? '' : 's'}`
const headIn = ({ journal }: Manifest) => `${journal.number}:${journal.hash}`

function complainOfJournal({ school, journal: { broken } }: Manifest): void {
  if (broken) complain(`${school.slug}: its journal was broken before, at entry ${broken.number}: ${broken.what}`)
}

/** Returns 1 where the journal was broken already: the file tells so. */
export async function exportSchoolTo(named: string, file: string, json: boolean): Promise<number> {
  endInOrder()
  const options = { step: stepNames().at(-1) ?? '', version: appVersion, now: new Date() }
  const { manifest, bytes } = await lookingAt((db) => exportSchool(db, named, resolve(file), options))
  const { school, journal } = manifest
  const answer = { school: school.slug, file: resolve(file), bytes, rows: rowsIn(manifest), head: headIn(manifest) }
  if (json) say(JSON.stringify({ ...answer, broken: journal.broken }))
  else {
    say(`${school.slug}: ${count(total(manifest), 'row')} in ${answer.file}, journal up to head ${answer.head}`)
    say(
      'The file holds people’s data and is not encrypted: move it where only those may read it who may read the register',
    )
  }
  complainOfJournal(manifest)
  return journal.broken ? 1 : 0
}

export async function importSchoolFrom(file: string, slug: string | undefined, json: boolean): Promise<number> {
  const { school, manifest, invited } = await withRegister(async (db) => {
    const imported = await importSchool(db, resolve(file), { slug, steps: stepNames(), now: new Date() })
    // The school is in, whatever becomes of the planner's statistics.
    await db.optimize().catch(() => {})
    return imported
  })
  const answer = { school: school.slug, id: school.id, rows: rowsIn(manifest), head: headIn(manifest), invited }
  if (json) say(JSON.stringify(answer))
  else {
    say(`${school.slug}: ${count(total(manifest), 'row')} came in, journal sealed at head ${answer.head}`)
    if (invited)
      say(`${count(invited, 'member')} can sign in here once an administrator has made them a link on the page Members`)
  }
  complainOfJournal(manifest)
  return 0
}
