import type { ReactNode } from 'react'
import '../ui/table.css'

interface NarrowRow {
  id: string
  name: ReactNode
  under: ReactNode
}

/** A table as a phone shows it: two lines for each row. */
export const NarrowRows = ({ label, rows }: { label: string; rows: readonly NarrowRow[] }) => (
  <table className="table narrow" aria-label={label}>
    <tbody>
      {rows.map(({ id, name, under }) => (
        <tr key={id}>
          <td>
            {name}
            <span className="under">{under}</span>
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)
