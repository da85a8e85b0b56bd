/** The worker's end of the line to the primary. */
import type { Socket } from 'node:net'
import type { ToPrimary, ToWorker } from './messages.ts'

export interface Orders {
  /** Serve this connection. */
  socket(socket: Socket): void
  /** Never rejects; neither does `metrics`. */
  greet(url: string): Promise<void>
  drain(deadlineMs: number, isAway: boolean): void
  finish(): void
  cut(): void
  metrics(): Promise<object[]>
}

/** Resolves once it is on its way, or nobody is there to hear it. */
export const tellPrimary = (message: ToPrimary): Promise<void> =>
  new Promise((resolve) => {
    if (process.connected) process.send?.(message, undefined, undefined, () => resolve())
    else resolve()
  })

function obey(message: ToWorker, socket: Socket | undefined, orders: Orders): void {
  if (message.tell === 'socket') {
    // Nothing comes along when its other end has gone meanwhile.
    if (socket) orders.socket(socket)
    void tellPrimary({ tell: 'taken' })
  } else if (message.tell === 'greet') void orders.greet(message.url)
  else if (message.tell === 'drain') orders.drain(message.deadlineMs, message.away)
  else if (message.tell === 'finish') orders.finish()
  else if (message.tell === 'cut') orders.cut()
  else if (message.tell === 'metrics')
    void orders.metrics().then((metrics) => tellPrimary({ tell: 'metrics', ask: message.ask, metrics }))
}

/** Does as the primary says from now on, and what `gone` does when the primary is no more. */
export function obeyPrimary(orders: Orders, gone: () => void): void {
  // They reach the whole group of processes; the primary says what they mean.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => undefined)
  process.on('message', (message, socket) => obey(message as ToWorker, socket as Socket | undefined, orders))
  process.on('disconnect', gone)
}
