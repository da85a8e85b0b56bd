import { resolve } from 'node:path'
import type { Database } from '../../db/database.ts'
import { scratchUrl } from '../../db/dialect.ts'
import { migrationStatus } from '../../db/migrate.ts'
import { open } from '../../db/open.ts'
import type { BackupOptions, Created } from '../backups/create.ts'
import { createBackup } from '../backups/create.ts'
import { failureOf } from '../backups/failure.ts'
import { listBackups } from '../backups/folder.ts'
import type { Asked } from '../backups/found.ts'
import type { BackupKey } from '../backups/key.ts'
import { endOfKey, newKeyText, readKey, refuseToOverwrite, writeKey } from '../backups/key.ts'
import { pruneBackups } from '../backups/prune.ts'
import { rehearseBackup } from '../backups/rehearse.ts'
import { foundToRestore, restoreBackup } from '../backups/restore.ts'
import { tellBackup, tellRehearsal } from '../backups/runs.ts'
import { streamed } from '../backups/stream/chain.ts'
import { listStream } from '../backups/stream/moment.ts'
import { verifyBackup } from '../backups/verify.ts'
import { readConfig } from '../config.ts'
import { migrations } from '../runtime/folders.ts'
import { appVersion } from '../runtime/version.ts'
import { chainLine, createdLines, listLine, rehearsedLines, restoredLines, verifiedLine } from './backup-answers.ts'
import { visitCopy } from './backup-rehearsal.ts'
import { steps } from './backup-steps.ts'
import { streamChanges } from './backup-stream.ts'
import type { Values } from './command.ts'
import { CommandError, defineCommand, UsageError } from './command.ts'
import { ask, isTerminal, readInput } from './prompt.ts'
import { endInOrder } from './signals.ts'
import { say } from './terminal.ts'

const options = {
  folder: { type: 'string', help: 'where the backups lie; instead of BACKUP_FOLDER' },
  'key-file': { type: 'string', help: 'the file of the key that encrypts them; instead of BACKUP_KEY_FILE' },
  'scratch-url': {
    type: 'string',
    help: 'PostgreSQL: an empty database that restore leaves the register in; others look at a copy there, as in that of BACKUP_SCRATCH_URL, which ps does not show',
  },
  at: {
    type: 'string',
    help: 'restore and verify: the register as it was then, such as 2026-11-30T14:05; a stream of changes has every minute',
  },
  unverified: {
    type: 'boolean',
    help: 'restore: also a backup that was never verified, or a moment whose journal was broken',
  },
  'believe-erased': {
    type: 'boolean',
    help: 'restore: erase again also whom the list names without a seal of this key',
  },
  yes: { type: 'boolean', help: 'restore and prune: do it; without it they only say what they would do' },
  json: { type: 'boolean', help: 'answer as JSON' },
} as const
type Given = Values<typeof options>

/** A variable of a script that nothing has filled in must not leave the backup unencrypted. */
function keyFileFrom(given: Given): string | undefined {
  const file = given['key-file']
  if (file === '') throw new UsageError('--key-file names no file: write one, or leave it out')
  return file ?? readConfig().backupKeyFile
}

function optionsFrom(given: Given): BackupOptions {
  const folder = given.folder ?? readConfig().backupFolder
  if (!folder) throw new UsageError('Say --folder, or set BACKUP_FOLDER, with the folder in which the backups lie')
  const file = keyFileFrom(given)
  const key: BackupKey | undefined = file ? readKey(file) : undefined
  return {
    folder: resolve(folder),
    key,
    version: appVersion,
    steps: steps(),
    scratchUrl: given['scratch-url'] ?? scratchUrl,
  }
}

/** Without a zone it is this machine's time. */
function askedFrom({ at: text }: Given, name: string | undefined): Asked {
  if (text === undefined) return { name }
  const at = new Date(text)
  if (Number.isNaN(at.getTime())) throw new UsageError('--at takes a time such as 2026-11-30T14:05')
  if (name !== undefined && !name.startsWith(streamed))
    throw new UsageError('Say the name of a backup or --at, not both')
  return { name, at }
}

/** A register of an older version has no table for it yet. */
async function told(work: (db: Database) => Promise<unknown>): Promise<void> {
  const { pending } = await migrationStatus(migrations)
  if (pending.length) return
  const db = await open()
  await work(db).finally(() => db.close())
}

async function created(given: Given): Promise<Created> {
  const startedAt = new Date()
  const made = await createBackup(optionsFrom(given))
  await told((db) => tellBackup(db, made, startedAt, new Date()))
  return made
}

/** Into BACKUP_FOLDER. Throws `CommandError` where it is not whole. */
export async function backUp(): Promise<Created> {
  const made = await created({})
  const { place, manifest } = made
  if (!manifest.verifiedAt)
    throw new CommandError(`The backup ${place} is not whole: ${manifest.problem}. Nothing was changed`)
  return made
}

async function create(given: Given): Promise<number> {
  const made = await created(given)
  if (given.json) say(JSON.stringify(made))
  else for (const line of createdLines(made)) say(line)
  return made.manifest.verifiedAt ? 0 : 1
}

/** What a server runs each night. It tells the register itself what became of it. */
async function nightly(given: Given): Promise<number> {
  const asked = optionsFrom(given)
  const made = await createBackup(asked)
  const { stuck } = made.manifest.verifiedAt ? pruneBackups(asked.folder, asked.key, true) : { stuck: [] }
  say(JSON.stringify({ ...made, stuck }))
  return made.manifest.verifiedAt ? 0 : 1
}

async function rehearse(given: Given, name: string | undefined): Promise<number> {
  const rehearsed = await rehearseBackup(optionsFrom(given), visitCopy, name)
  await told((db) => tellRehearsal(db, rehearsed.name, rehearsed.restoreMs, new Date()))
  if (given.json) say(JSON.stringify(rehearsed))
  else for (const line of rehearsedLines(rehearsed)) say(line)
  return 0
}

async function list(given: Given): Promise<number> {
  const { folder, key } = optionsFrom(given)
  const all = listBackups(folder, key)
  const chains = listStream(folder)
  if (given.json)
    say(
      JSON.stringify([
        ...chains.map(({ name, place, range, bytes }) => ({
          name: `${streamed}${name}`,
          place,
          moments: range,
          bytes,
        })),
        ...all.map(({ damage, ...one }) => ({
          ...one,
          ...(damage && { damage: damage.damage, message: damage.message }),
        })),
      ]),
    )
  else if (all.length + chains.length) for (const line of [...chains.map(chainLine), ...all.map(listLine)]) say(line)
  else say(`There is no backup in ${folder}`)
  return all.some(({ damage }) => damage) || chains.some(({ range }) => !range) ? 1 : 0
}

async function verify(given: Given, name: string | undefined): Promise<number> {
  const found = await verifyBackup(optionsFrom(given), askedFrom(given, name))
  const { name: own, at, took, manifest } = found
  say(given.json ? JSON.stringify({ name: own, at, took, manifest }) : verifiedLine(found))
  return 0
}

async function restore(given: Given, name: string | undefined): Promise<number> {
  // The database in which backups are looked at is not where the register is to be.
  const asked = {
    ...optionsFrom(given),
    scratchUrl: given['scratch-url'],
    unverified: given.unverified ?? false,
    believeErased: given['believe-erased'],
  }
  const which = askedFrom(given, name)
  if (!given.yes) {
    const { found } = await foundToRestore(asked, which)
    say(
      given.json
        ? JSON.stringify({ name: found.name, at: found.at, restored: false })
        : `${found.name} of ${found.at} would take the place of the register, which would be kept beside it. Nothing was changed: say it again with --yes`,
    )
    return 0
  }
  const restored = await restoreBackup(asked, which)
  if (given.json) say(JSON.stringify({ ...restored, restored: true }))
  else for (const line of restoredLines(restored)) say(line)
  return 0
}

async function prune(given: Given): Promise<number> {
  const { folder, key } = optionsFrom(given)
  const { removed, kept, stuck } = pruneBackups(folder, key, given.yes ?? false)
  if (given.json) say(JSON.stringify({ removed, kept, stuck, applied: given.yes ?? false }))
  else {
    for (const name of removed) say(`${given.yes ? 'Removed' : 'Would remove'} ${name}`)
    for (const one of stuck) say(one)
    say(
      `${kept} stay: the newest of each of 7 days, 4 weeks and 12 months${removed.length && !given.yes ? '. Say it again with --yes' : ''}`,
    )
  }
  return stuck.length ? 1 : 0
}

/** Whoever lost the key lost the backups, so it is written only once its end was typed from where it is kept. */
async function key(given: Given): Promise<number> {
  const file = keyFileFrom(given)
  if (!file) throw new UsageError('Say --key-file with the file to write the key to')
  refuseToOverwrite(file)
  const text = newKeyText()
  say(
    `This is the key. Without it no backup can be restored: keep it where this machine is not, such as in the school's safe.\n\n${text}\n`,
  )
  const typed = isTerminal()
    ? await ask('Type the last six characters of the key from where you keep it')
    : await readInput()
  if (typed.trim() !== endOfKey(text))
    throw new CommandError('These are not its last six characters. No key was written: run this again')
  await writeKey(file, text)
  say(`The key is in ${file}: set BACKUP_KEY_FILE=${file}`)
  return 0
}

async function stream(given: Given): Promise<number> {
  await streamChanges(() => optionsFrom(given))
  return 0
}

const verbs = { create, list, verify, restore, prune, rehearse, key } as const
const all = { ...verbs, nightly, stream } as const
const takesName = (verb: string) => ['verify', 'restore', 'rehearse'].includes(verb)

export const command = defineCommand({
  summary: 'Makes verified backups of the register, also while it serves, and restores them',
  usage: `backup create | list | prune [--yes] [--folder <folder>] [--key-file <file>] [--json]
       homeroom backup verify | rehearse | restore [--yes] [<name of a backup> | --at <time>; the newest by default] [options]
       homeroom backup key --key-file <file>`,
  options,
  positionals: 2,
  async run(given, [verb = '', name]) {
    if (!Object.hasOwn(all, verb)) throw new UsageError(`Say "backup ${Object.keys(verbs).join('", "backup ')}"`)
    if (name !== undefined && !takesName(verb)) throw new UsageError(`"backup ${verb}" takes no name of a backup`)
    if (verb !== 'stream') endInOrder()
    try {
      return await all[verb as keyof typeof all](given, name)
    } catch (error) {
      if (given.json && !(error instanceof UsageError))
        say(JSON.stringify({ error: failureOf(error), message: (error as Error).message }))
      throw error
    }
  },
})
