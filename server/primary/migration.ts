import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import type { MigrationReport } from '../../db/migration-files.ts'
import { entry } from '../runtime/folders.ts'
import { SaidError } from './said-error.ts'

/** Brings the database up to this version, in a process of its own: the primary knows no database. */
export class Migration {
  #child: ChildProcess | undefined

  /** Throws `SaidError` when it can't be done; nothing has changed then. */
  async run(): Promise<MigrationReport> {
    const args = [...process.execArgv, entry, 'migrate', '--json']
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    this.#child = child
    const ended = new Promise<number | string | null>((resolve) => {
      child.once('close', (code, signal) => resolve(code ?? signal))
      child.once('error', ({ message }) => resolve(message))
    })
    const [end, report] = await Promise.all([ended, text(child.stdout)])
    this.#child = undefined
    if (end !== 0) throw new SaidError(`the migration ended with ${end}`)
    return JSON.parse(report) as MigrationReport
  }

  /** Ends it where it is: what it has not committed is as before. */
  stop(): void {
    this.#child?.kill('SIGTERM')
  }
}
