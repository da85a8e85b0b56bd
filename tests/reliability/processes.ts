import { existsSync, readFileSync } from 'node:fs'

/** The processes it has started and that have not ended, by id, as Linux tells it. */
export function childrenOf(pid: number): number[] {
  const file = `/proc/${pid}/task/${pid}/children`
  return existsSync(file) ? readFileSync(file, 'utf8').split(' ').filter(Boolean).map(Number) : []
}

/** Ends whatever it has started, and what that has started, at once. */
export function killDescendants(pid: number): void {
  for (const child of childrenOf(pid)) {
    killDescendants(child)
    try {
      process.kill(child, 'SIGKILL')
    } catch {
      // It has just ended.
    }
  }
}
