/** After a reload an older primary has newer workers: messages are only added, and an unknown one is ignored. */

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

export type ToPrimary =
  | { tell: 'ready' }
  | { tell: 'taken' }
  /** After an unforeseen failure, the worker ends when the primary allows it. */
  | { tell: 'leaving' }
  | { tell: 'metrics'; ask: number; metrics: object[] }
  | { tell: 'counted'; metrics: object[] }
