import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import type { MigrationReport } from '../../db/migration-run.ts'
import { entry } from '../runtime/folders.ts'
import { SaidError } from './said-error.ts'

/** The primary knows no database, so a process of its own migrates. */
export class Migration {
  #child: ChildProcess | undefined

  /** Throws `SaidError` when it fails; the steps before the one that failed stay applied. */
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

  stop(): void {
    this.#child?.kill('SIGTERM')
  }
}
