import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'

/** Reads until our end of the pipe is gone, by whatever end we had. A line says that there is nothing left to end. */
const watch = 'read -r _ || kill -s "$1" -- "-$2"'

/**
 * Ends this child and its group when our process ends before it, however that comes about: killed we can end nothing
 * ourselves. The child must have a group of its own (`detached`).
 */
export function endWithUs<T extends ChildProcess>(child: T, signal: 'KILL' | 'QUIT' | 'TERM' = 'KILL'): T {
  if (child.pid === undefined) return child
  const args = ['-c', watch, 'sh', signal, String(child.pid)]
  const watcher = spawn('sh', args, { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  // Either of the two may be gone first.
  watcher.stdin.on('error', () => undefined)
  child.once('exit', () => watcher.stdin.end('\n'))
  watcher.unref()
  return child
}
