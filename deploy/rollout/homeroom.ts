/** What a rollout asks of the command `homeroom`, whichever program answers to it. */
import { RolloutError } from './backend.ts'
import { reasonOf, run, runOrThrow } from './run.ts'

type Homeroom = (args: string[]) => readonly string[]

interface BackupPlace {
  folder: string
  keyFile?: string | undefined
}

/** Opens the newest backup and compares it. Throws where there is none, or it can't be restored. */
export async function newestBackupBy(homeroom: Homeroom, { folder, keyFile }: BackupPlace, env: NodeJS.ProcessEnv) {
  const key = keyFile ? ['--key-file', keyFile] : []
  const command = homeroom(['backup', 'verify', '--folder', folder, ...key, '--json'])
  const out = await runOrThrow('the newest backup can not be used', command, env)
  const { name, at } = JSON.parse(out) as { name: string; at: string }
  return { name, at: new Date(at), how: 'was opened and compared' }
}

/** Steps after which a server of the version before may not start any more. None is known where no register is yet. */
export async function strictSteps(plan: readonly string[], env: NodeJS.ProcessEnv): Promise<string[]> {
  const ran = await run(plan, env)
  if (ran.code !== 0) return []
  const steps = JSON.parse(ran.out) as { name: string; isCompatible: boolean }[]
  return steps.filter(({ isCompatible }) => !isCompatible).map(({ name }) => name)
}

interface Step {
  step: string
  failed?: string
}
export async function checkBy(
  homeroom: Homeroom,
  url: string,
  { email, passwordFile }: { email: string; passwordFile: string },
  env: NodeJS.ProcessEnv,
  origin?: string,
): Promise<void> {
  const ran = await run(
    homeroom([
      'check',
      '--url',
      url,
      ...(origin ? ['--origin', origin] : []),
      '--email',
      email,
      '--password-file',
      passwordFile,
      '--json',
    ]),
    env,
  )
  if (ran.code === 0) return
  if (ran.code !== 1 || !ran.out.startsWith('{'))
    throw new RolloutError(`the check could not be made: ${reasonOf(ran)}`)
  const { step, failed } = (JSON.parse(ran.out) as { steps: Step[] }).steps.at(-1) ?? { step: 'none' }
  throw new RolloutError(`homeroom check failed at "${step}": ${failed}`)
}

/** Steps that wait, and why: `homeroom migrate` applies them once nothing keeps them from it. */
export async function pendingBy(status: readonly string[], env: NodeJS.ProcessEnv): Promise<string[]> {
  const out = await runOrThrow('the steps could not be listed', status, env)
  const { pending, waits } = JSON.parse(out) as { pending: string[]; waits: Record<string, string[]> }
  return pending.map((name) => [name, ...(waits[name] ?? [])].join(' '))
}
