/**
 * What the primary and its workers tell each other. After a reload an older primary talks to newer workers: words are
 * only added, and a word that is not known is passed over.
 */

export type ToWorker =
  /** Comes with a connection to serve. */
  | { tell: 'socket' }
  /** Say on the console where the register is. */
  | { tell: 'greet'; url: string }
  /**
   * Go on serving, but say on every answer that it is the last; in `deadlineMs` cut what is still open. `away` says that
   * the whole server stops: a load balancer must look for another.
   */
  | { tell: 'drain'; deadlineMs: number; away: boolean }
  /** No connection will come any more: end when those at hand are done. */
  | { tell: 'finish' }
  | { tell: 'cut' }
  | { tell: 'metrics'; ask: number }

export type ToPrimary =
  /** Connections may come. */
  | { tell: 'ready' }
  /** The last connection has arrived. */
  | { tell: 'taken' }
  /** Something nobody foresaw has happened: I end when told to. */
  | { tell: 'leaving' }
  | { tell: 'metrics'; ask: number; metrics: object[] }
  /** All that I have counted: I end now. */
  | { tell: 'counted'; metrics: object[] }
