import { constants, setPriority } from 'node:os'

/** Some systems forbid it, and then the process works beside the others. */
export function yieldToOthers(pid: number | undefined): void {
  try {
    if (pid) setPriority(pid, constants.priority.PRIORITY_LOW)
  } catch {}
}
