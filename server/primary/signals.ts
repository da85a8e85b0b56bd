import { closeSync, openSync } from 'node:fs'

export interface Orders {
  /** The first signal to stop. */
  stop(signal: string, isImpatient: boolean): void
  /** Another one, later. */
  cut(signal: string): void
  reload(): void
}

/** Ctrl-C reaches a process twice within moments: from the terminal and through its parent, such as npm. In ms. */
const echo = 500

/** Whether the terminal it was started from has been closed. */
function hasLostTerminal(): boolean {
  if (!process.stdin.isTTY) return false
  try {
    closeSync(openSync('/dev/tty', 'r'))
    return false
  } catch {
    return true
  }
}

/** Obeys SIGTERM, SIGINT and SIGHUP from now on. */
export function onSignals({ stop, cut, reload }: Orders): void {
  let since: number | undefined
  const stopping = (signal: string) => {
    if (since === undefined) {
      since = performance.now()
      // Somebody sits in front of it, and no load balancer has to notice.
      stop(signal, signal === 'SIGINT' && process.stdin.isTTY)
    } else if (performance.now() - since > echo) cut(signal)
  }
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => stopping(signal))
  process.on('SIGHUP', () => (hasLostTerminal() ? stopping('SIGHUP') : reload()))
}
