export interface LoadFigure {
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
