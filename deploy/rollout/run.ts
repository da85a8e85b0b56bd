/** Programs that a rollout runs to their end. */
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { onOneLine } from '../../server/cli/terminal.ts'
import { RolloutError } from './backend.ts'

export interface Ran {
  code: number | string | null
  out: string
  said: string
}

export async function run(command: readonly string[], env: NodeJS.ProcessEnv): Promise<Ran> {
  const [program = '', ...args] = command
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise<Ran['code']>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal))
    child.once('error', ({ message }) => resolve(message))
  })
  const [code, out, said] = await Promise.all([ended, text(child.stdout), text(child.stderr)])
  return { code, out, said }
}

/** The last lines it said, where people look first. */
export const reasonOf = ({ code, out, said }: Ran): string =>
  onOneLine((said.trim() || out.trim()).split('\n').slice(-3).join(' ').slice(-600)) || `it ended with ${code}`

/** Answers what it printed. Throws with its own words. */
export async function runOrThrow(what: string, command: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const ran = await run(command, env)
  if (ran.code === 0) return ran.out
  throw new RolloutError(`${what}: ${reasonOf(ran)}`)
}
