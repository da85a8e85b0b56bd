/** Processes of this machine that outlive the program that started them, found again by a file with their id. */
import { spawn, spawnSync } from 'node:child_process'
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** How the process was started; undefined where there is none by that id. */
export function commandOf(pid: number): string | undefined {
  if (!Number.isInteger(pid) || pid <= 0) return undefined
  const { status, stdout } = spawnSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() || undefined : undefined
}

/** The id in the file, where a process by that id runs this program: an id may be another's after a restart of the machine. */
export function pidIn(file: string, program: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    return commandOf(pid)?.includes(program) ? pid : undefined
  } catch {
    return undefined
  }
}

/** The shell writes its id and becomes the program, so that nothing runs whose id is not in the file. */
const startScript = 'echo $$ > "$1.new" && mv "$1.new" "$1" && shift && exec "$@"'

export interface Launch {
  pidFile: string
  logFile: string
  command: readonly string[]
  env: NodeJS.ProcessEnv
}
export function launch({ pidFile, logFile, command, env }: Launch): { hasEnded(): boolean } {
  const log = openSync(logFile, 'a', 0o600)
  const child = spawn('sh', ['-c', startScript, 'sh', pidFile, ...command], {
    detached: true,
    env,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  let hasEnded = false
  child.once('exit', () => {
    hasEnded = true
  })
  child.unref()
  return { hasEnded: () => hasEnded }
}

/** It may end at this moment. */
function tell(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Asks it to stop. After the grace it and its group are cut; resolves with whether they were. */
export async function end(pidFile: string, program: string, graceMs: number): Promise<boolean> {
  const pid = pidIn(pidFile, program)
  if (pid === undefined) return false
  tell(pid, 'SIGTERM')
  for (const late = performance.now() + graceMs; pidIn(pidFile, program) !== undefined; await sleep(100))
    if (performance.now() > late) {
      tell(-pid, 'SIGKILL')
      rmSync(pidFile, { force: true })
      return true
    }
  rmSync(pidFile, { force: true })
  return false
}
