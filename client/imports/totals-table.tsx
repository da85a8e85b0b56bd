import { useFormats, useWords } from '../messages/messages.tsx'
import '../ui/table.css'
import { importWords } from './import-words.ts'
import type { Import } from './listed.ts'

export const countedAs = ['new', 'changed', 'archived'] as const
export type CountedAs = (typeof countedAs)[number]
export type Totals = NonNullable<Import['report']>['totals']
export type Entity = keyof Totals

interface Props {
  label: string
  totals: Totals
  /** What somebody wants to see in full; null for nothing. */
  onShow?: (entity: Entity, counted: CountedAs) => void
}

export function TotalsTable({ label, totals, onShow }: Props) {
  const words = useWords(importWords)
  const { number } = useFormats()
  const entities = (Object.keys(totals) as Entity[]).filter((entity) => countedAs.some((one) => totals[entity][one]))
  if (!entities.length) return <p>{words.nothing}</p>
  const shown = (entity: Entity, counted: CountedAs) => {
    const count = totals[entity][counted]
    if (!count) return null
    if (!onShow || entity === 'school') return number(count)
    return (
      <button
        type="button"
        className="as-link digits"
        aria-label={words.show(entity, counted, count)}
        onClick={() => onShow(entity, counted)}
      >
        {number(count)}
      </button>
    )
  }
  return (
    <div className="in-page-table import-totals">
      <table className="table" aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{words.columns.kind}</th>
            {countedAs.map((one) => (
              <th key={one} scope="col" className="number">
                {words.counted[one]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entities.map((entity) => (
            <tr key={entity}>
              <th scope="row">{words.entities[entity]}</th>
              {countedAs.map((one) => (
                <td key={one} className="number">
                  {shown(entity, one)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
