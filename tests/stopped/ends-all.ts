/** Stops a check whose runner is under way, and waits until all has ended that it started. */
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { bareShell, run, temporaryFolder } from '../setup/server.ts'

/** One line of the system's for each process that has not ended: its id, its parent's and when it began. */
function processes(): string[] {
  if (!existsSync('/proc/self/stat'))
    return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,lstart=']).toString().split('\n')
  const stats = readdirSync('/proc').flatMap((name) => {
    try {
      return /^\d+$/.test(name) ? [readFileSync(`/proc/${name}/stat`, 'utf8')] : []
    } catch {
      // It has ended meanwhile.
      return []
    }
  })
  // After the program's name, which may hold anything: state, parent and, the twentieth, when it began.
  return stats.flatMap((stat) => {
    const [state, parent, ...more] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return state === 'Z' ? [] : [`${stat.split(' ')[0]} ${parent} ${more[17]}`]
  })
}
/** Without the parent: that of an orphan is another. */
const nameOf = (line: string) => line.trim().replace(/^(\d+)\s+\d+/, '$1')
const startedBy = (pid: number): string[] =>
  processes()
    .filter((line) => line.trim().split(/\s+/)[1] === String(pid))
    .flatMap((line) => [nameOf(line), ...startedBy(Number.parseInt(line.trim(), 10))])

const stopped = ['--import', 'tsx', 'tests/stopped/main.ts']
type Command = [string, ...string[]]
export const byItself = (runner: string): Command => [process.execPath, ...stopped, runner]
export const byNpm = (runner: string): Command => [
  process.execPath,
  bareShell,
  '-c',
  ['node', ...stopped, runner].join(' '),
]

/** `sent` begins with a signal's name; `end` is the exit code, or the signal, that the check ends by. */
export async function endsAll(
  sent: string,
  runner: 'vitest' | 'browser',
  end: number | NodeJS.Signals,
  command: (runner: string) => Command,
): Promise<void> {
  const folder = temporaryFolder()
  // PostgreSQL runs as nobody when we are root, and must get through.
  chmodSync(folder.path, 0o755)
  const started = join(folder.path, 'started')
  const env = {
    TMPDIR: folder.path,
    HOMEROOM_STARTED: started,
    DATABASE_URL: `file:${started}.db`,
    ...(command === byNpm && { npm_lifecycle_event: 'test' }),
  }
  const check = run([], env, command(runner))
  try {
    while (!existsSync(started)) {
      if (check.child.exitCode !== null) throw new Error(check.output())
      await sleep(50)
    }
    const all = startedBy(check.child.pid as number)
    expect(all.length).toBeGreaterThan(5)
    check.child.kill(sent.split(',')[0] as NodeJS.Signals)
    expect(await check.ended).toBe(end)
    const left = () => {
      const now = new Set(processes().map(nameOf))
      return all.filter((one) => now.has(one))
    }
    while (left().length) await sleep(50)
  } finally {
    check.child.kill('SIGKILL')
    folder.done()
  }
}
