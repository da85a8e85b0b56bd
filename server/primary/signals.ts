import { closeSync, openSync } from 'node:fs'

export interface Orders {
  stop(signal: string, isImpatient: boolean): void
  cut(signal: string): void
  reload(): void
}

/** In ms. Ctrl-C reaches a process twice: from the terminal and through its parent, such as npm. */
const echo = 500

function hasLostTerminal(): boolean {
  if (!process.stdin.isTTY) return false
  try {
    closeSync(openSync('/dev/tty', 'r'))
    return false
  } catch {
    return true
  }
}

export function onSignals({ stop, cut, reload }: Orders): void {
  let since: number | undefined
  const stopping = (signal: string) => {
    if (since === undefined) {
      since = performance.now()
      // At a terminal no load balancer needs time to notice.
      stop(signal, signal === 'SIGINT' && process.stdin.isTTY)
    } else if (performance.now() - since > echo) cut(signal)
  }
  for (const signal of ['SIGTERM', 'SIGINT'])
    process.on(signal, () => stopping(signal))
    // server/cli/npm-shell.mjs says it.
  ;(process as NodeJS.EventEmitter).on('orphaned', () => since === undefined && stopping('SIGTERM'))
  process.on('SIGHUP', () => (hasLostTerminal() ? stopping('SIGHUP') : reload()))
}
