/** Programs beside Node that some proofs need. */
import { spawnSync } from 'node:child_process'

export type Program = 'haproxy' | 'nginx' | 'pgbouncer'

const path = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` }
const has = (program: Program) =>
  spawnSync(program, [program === 'pgbouncer' ? '--version' : '-v'], { env: path }).status === 0

/** Before the packages, where this user may install them. */
function asRoot(): string[] | undefined {
  if (process.getuid?.() === 0) return []
  return spawnSync('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n'] : undefined
}

function install(programs: readonly Program[]): void {
  const first = asRoot()
  if (!first || spawnSync('apt-get', ['--version']).status !== 0) return
  const run = (...command: string[]) => {
    const [file = '', ...args] = [...first, 'env', 'DEBIAN_FRONTEND=noninteractive', ...command]
    return spawnSync(file, args, { stdio: 'ignore' }).status === 0
  }
  console.log(`Installing ${programs.join(', ')} …`)
  const packages = ['apt-get', 'install', '-yq', '--no-install-recommends', ...programs]
  if (!run(...packages)) run('apt-get', 'update', '-q') && run(...packages)
}

/** Installs what is needed where that may be done; answers what is missing then. */
export function missingPrograms(needed: readonly Program[]): Program[] {
  const missing = needed.filter((program) => !has(program))
  if (!missing.length) return []
  install(missing)
  return missing.filter((program) => !has(program))
}
