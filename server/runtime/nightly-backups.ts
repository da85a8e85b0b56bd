/** Once a night one of all servers makes a verified backup, in a process of its own and behind everything else. */
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { sql } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { operations, schools } from '../../db/schema/index.ts'
import { BackupError } from '../backups/backup-error.ts'
import type { Created } from '../backups/create.ts'
import { refuseEmptied } from '../backups/emptied.ts'
import { rememberErased } from '../backups/erased.ts'
import { failureOf, folderFailure } from '../backups/failure.ts'
import type { BackupKey } from '../backups/key.ts'
import { readKey } from '../backups/key.ts'
import { claimNight, endNight, releaseNight } from '../backups/runs.ts'
import { entry } from './folders.ts'
import type { Log } from './logging.ts'
import { described } from './logging.ts'
import { repeat } from './repeating.ts'
import { yieldToOthers } from './yield-to-others.ts'

const lookEveryMs = 60_000
const endsWithin = 8_000

interface Options {
  log: Log
  folder: string
  keyFile?: string | undefined
  isDraining(): boolean
  now?: () => Date
}

type Made = Created & { stuck?: string[] }

interface Answer {
  error?: string
  message?: string
}

const newestErasure = async (db: Database): Promise<string> => {
  const number = sql<number>`(select max(number) from ${operations} where school_id = ${schools.id} and deed = 'erase')`
  return JSON.stringify(await db.select({ id: schools.id, number }).from(schools))
}

class Nightly {
  readonly #db: Database
  readonly #options: Options
  readonly #now: () => Date
  #child: ChildProcess | undefined
  #erasures = ''
  #hasFailed = false
  #isStopping = false
  /** A newer version has migrated the register: its servers make the backup. */
  #isOutdated = false

  constructor(db: Database, options: Options) {
    this.#db = db
    this.#options = options
    this.#now = options.now ?? (() => new Date())
  }

  async look(): Promise<void> {
    if (this.#options.isDraining()) return
    try {
      const trouble = await this.#rememberErased()
      const run = this.#isOutdated ? undefined : await claimNight(this.#db, this.#now())
      if (run && trouble) await this.#fail(run, trouble.reason)
      else if (run) await this.#make(run)
      else if (trouble) throw trouble.error
      this.#hasFailed = false
    } catch (error) {
      if (!this.#hasFailed)
        this.#options.log.error({ error: described(error) }, 'the nightly backup could not be looked after')
      this.#hasFailed = true
    }
  }

  /** Answers what is wrong with the folder: no backup can be made there either. */
  async #rememberErased() {
    const newest = await newestErasure(this.#db)
    if (newest === this.#erasures) return undefined
    try {
      await rememberErased(this.#db, this.#options.folder, this.#key())
    } catch (error) {
      const reason = error instanceof BackupError ? error.damage : folderFailure(error)
      if (reason) return { reason, error }
      throw error
    }
    this.#erasures = newest
  }

  #key(): BackupKey | undefined {
    const { keyFile } = this.#options
    return keyFile ? readKey(keyFile) : undefined
  }

  async #fail(run: string, reason: string): Promise<void> {
    await endNight(this.#db, run, { failure: reason }, this.#now())
    this.#options.log.error({ reason }, 'the nightly backup failed: a server tries again in an hour')
  }

  async #make(run: string): Promise<void> {
    const { log, folder } = this.#options
    const emptied = await refuseEmptied(this.#db, folder, this.#now()).catch(failureOf)
    if (emptied) return this.#fail(run, emptied)
    const { end, said } = await this.#process()
    if (this.#isStopping && end !== 0) return void (await releaseNight(this.#db, run))
    const made = parsed(said)
    if ('error' in made && made.error === 'schema.newer') {
      this.#isOutdated = true
      return void (await releaseNight(this.#db, run))
    }
    if (end === 0 && 'manifest' in made) {
      await endNight(this.#db, run, made, this.#now())
      const { file, took } = made.manifest
      log.info(
        { backup: made.name, bytes: file.bytes, copy_ms: took.copy, verify_ms: took.verify },
        'a backup was made and verified',
      )
      if (made.stuck?.length) log.warn({ reason: made.stuck[0] }, 'an old backup could not be removed')
      return
    }
    if (!('manifest' in made)) return this.#fail(run, made.error ?? String(end))
    await endNight(this.#db, run, made, this.#now())
    log.error({ reason: 'journal.broken' }, 'the nightly backup failed: a server tries again in an hour')
  }

  async #process(): Promise<{ end: number | string | null; said: string }> {
    const args = [...process.execArgv, entry, 'backup', 'nightly', '--json', '--folder', this.#options.folder]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    this.#child = child
    const ended = new Promise<number | string | null>((resolve) => {
      child.once('close', (code, signal) => resolve(code ?? signal))
      child.once('error', ({ message }) => resolve(message))
    })
    yieldToOthers(child.pid)
    const [end, said] = await Promise.all([ended, text(child.stdout)])
    this.#child = undefined
    return { end, said }
  }

  /** SQLite hears no signal while it copies a large file; what that leaves behind is removed as after a crash. */
  stop(): void {
    this.#isStopping = true
    const child = this.#child
    child?.kill('SIGTERM')
    setTimeout(() => child?.kill('SIGKILL'), endsWithin).unref()
  }
}

function parsed(said: string): Made | Answer {
  try {
    return JSON.parse(said.trim().split('\n').at(-1) ?? '') as Made | Answer
  } catch {
    return {}
  }
}

/** Call the answer to stop: a backup that is under way is broken off, and another server makes it. */
export function keepBackups(db: Database, options: Options): () => Promise<void> {
  const nightly = new Nightly(db, options)
  const looks = repeat(lookEveryMs, () => nightly.look())
  return async () => {
    const ended = looks.stop()
    nightly.stop()
    await ended
  }
}
