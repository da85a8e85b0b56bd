/** A process of its own migrates an older copy, since this one serves another database. No server fills rows of a copy: a step that waits for them would wait for ever. */
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { migrationFiles } from '../../db/migration-files.ts'
import type { Steps } from '../backups/prove.ts'
import { entry, migrations } from '../runtime/folders.ts'
import { CommandError } from './command.ts'

export function environmentFor(url: string): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => !/^DATABASE_(DIRECT_)?URL/.test(name))
  return { ...Object.fromEntries(others), DATABASE_URL: url }
}

async function apply(url: string): Promise<void> {
  const child = spawn(process.execPath, [...process.execArgv, entry, 'migrate', 'up', '--backfill-needed', '--json'], {
    env: environmentFor(url),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise<number | string | null>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal))
    child.once('error', ({ message }) => resolve(message))
  })
  const [end, said] = await Promise.all([ended, text(child.stderr)])
  if (end !== 0) throw new CommandError(`The copy could not be brought up to this version: ${said.trim() || end}`)
}

export const steps = (): Steps => ({ names: migrationFiles(migrations).map(({ name }) => name), apply })
