/** A figure of how much a database has to do, by the name that this kind of database gives it. */
export interface LoadFigure {
  /** In Prometheus's manner: 'connections_busy', 'write_wait_seconds_total'. */
  name: string
  help: string
  /** A counter only grows. */
  type: 'gauge' | 'counter'
  value: number
}

/** How many there are at the moment. */
export const gauge = (name: string, value: number, help: string): LoadFigure => ({ name, value, help, type: 'gauge' })
/** How many there have been since the database was opened. */
export const counter = (name: string, value: number, help: string): LoadFigure => ({
  ...gauge(name, value, help),
  type: 'counter',
})
