export interface LoadFigure {
  /** Names follow Prometheus, such as 'write_wait_seconds_total'. */
  name: string
  help: string
  type: 'gauge' | 'counter'
  value: number
}

export const gauge = (name: string, value: number, help: string): LoadFigure => ({ name, value, help, type: 'gauge' })
export const counter = (name: string, value: number, help: string): LoadFigure => ({
  ...gauge(name, value, help),
  type: 'counter',
})
