/** After a reload an older primary has newer workers: messages are only added, and an unknown one is ignored. */

import type { Door } from '../handover/door.ts'
import type { MoveNews } from '../handover/handover.ts'
import type { EndedMover, MoverOrder } from '../moves/primary.ts'

export type ToWorker =
  | { tell: 'socket' }
  | { tell: 'greet'; url: string }
  /** Every answer is the last of its connection; what is open after `deadlineMs` is cut. `away`: the whole server stops. */
  | { tell: 'drain'; deadlineMs: number; away: boolean }
  /** No more connections come: the worker ends when those it has are done. */
  | { tell: 'finish' }
  | { tell: 'cut' }
  | { tell: 'metrics'; ask: number }
  /** One worker of the server logs the heads of all journals. */
  | { tell: 'heads' }
  /** The worker opens a door, and tells it. */
  | { tell: 'open' }
  /** At these stand workers that serve the register, or will, once it has moved. */
  | { tell: 'doors'; doors: readonly Door[] }
  /** The register has moved to where this worker waits for it. */
  | { tell: 'serve' }
  /** One worker notes what became of a move or rehearsal. */
  | { tell: 'moverEnded'; mover: EndedMover }

export type ToPrimary =
  | { tell: 'ready' }
  | { tell: 'taken' }
  /** After an unforeseen failure, the worker ends when the primary allows it. */
  | { tell: 'leaving' }
  | { tell: 'metrics'; ask: number; metrics: object[] }
  | { tell: 'counted'; metrics: object[] }
  | { tell: 'door'; door: Door }
  | { tell: 'move'; news: MoveNews }
  | { tell: 'mover'; order: MoverOrder }
