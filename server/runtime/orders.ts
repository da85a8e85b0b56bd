import type { Socket } from 'node:net'
import type { Door } from '../handover/door.ts'
import type { EndedMover } from '../moves/primary.ts'
import type { ToPrimary, ToWorker } from './messages.ts'

export interface Orders {
  socket(socket: Socket): void
  /** It never rejects; neither does `metrics`. */
  greet(url: string): Promise<void>
  drain(deadlineMs: number, isAway: boolean): void
  heads(): void
  open(): void
  doors(doors: readonly Door[]): void
  serve(): void
  moverEnded(mover: EndedMover): void
  finish(): void
  cut(): void
  metrics(): Promise<object[]>
}

export const sendToPrimary = (message: ToPrimary): Promise<void> =>
  new Promise((resolve) => {
    if (process.connected) process.send?.(message, undefined, undefined, () => resolve())
    else resolve()
  })

function obey(message: ToWorker, socket: Socket | undefined, orders: Orders): void {
  if (message.tell === 'socket') {
    // The client may have hung up meanwhile.
    if (socket) orders.socket(socket)
    void sendToPrimary({ tell: 'taken' })
  } else if (message.tell === 'greet') void orders.greet(message.url)
  else if (message.tell === 'drain') orders.drain(message.deadlineMs, message.away)
  else if (message.tell === 'heads') orders.heads()
  else if (message.tell === 'open') orders.open()
  else if (message.tell === 'doors') orders.doors(message.doors)
  else if (message.tell === 'serve') orders.serve()
  else if (message.tell === 'moverEnded') orders.moverEnded(message.mover)
  else if (message.tell === 'finish') orders.finish()
  else if (message.tell === 'cut') orders.cut()
  else if (message.tell === 'metrics')
    void orders.metrics().then((metrics) => sendToPrimary({ tell: 'metrics', ask: message.ask, metrics }))
}

export function obeyPrimary(orders: Orders, gone: () => void): void {
  // Signals reach the whole group of processes, and the primary alone decides.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => undefined)
  process.on('message', (message, socket) => obey(message as ToWorker, socket as Socket | undefined, orders))
  process.on('disconnect', gone)
}
