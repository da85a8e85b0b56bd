import type { CSSProperties, ReactNode } from 'react'

export interface Column {
  key: string
  count: number
  /** What it is compared with: a line across the column. */
  before?: number | null
  label: string
  /** The whole of it as a sentence, which is the link's name. */
  told: string
}

interface ColumnsProps<C extends Column> {
  label: string
  columns: readonly C[]
  /** A scale that reaches so far at least: one change of a day is a little one. */
  least?: number
  shown(count: number): string
  /** A link to exactly what is counted; its name says what the picture shows. */
  wayTo(column: C, picture: ReactNode): ReactNode
}

/** Counts as columns of one scale. A screen reader reads a list of links, each a sentence. */
export function Columns<C extends Column>({ label, columns, least = 1, shown, wayTo }: ColumnsProps<C>) {
  const most = Math.max(least, ...columns.flatMap(({ count, before }) => [count, before ?? 0]))
  return (
    <ul className="figure-columns" aria-label={label}>
      {columns.map((column) => {
        const { key, count, before } = column
        const style = { '--share': count / most, '--before': (before ?? 0) / most } as CSSProperties
        return (
          <li key={key}>
            {wayTo(
              column,
              <>
                <span
                  className="figure-bar"
                  style={style}
                  data-compared={typeof before === 'number' || undefined}
                  data-long={most > 999 || undefined}
                  aria-hidden
                >
                  <span className="digits">{shown(count)}</span>
                </span>
                <span className="figure-label" aria-hidden>
                  {column.label}
                </span>
                <span className="visually-hidden">{column.told}</span>
              </>,
            )}
          </li>
        )
      })}
    </ul>
  )
}
