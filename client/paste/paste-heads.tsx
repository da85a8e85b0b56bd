import { memo } from 'react'
import { useWords } from '../messages/messages.tsx'
import type { NameOrder } from '../people.ts'
import type { PasteField } from './paste-field.ts'
import { pasteWords } from './paste-field.ts'
import type { Paste } from './use-paste.ts'

interface HeadProps {
  column: number
  /** What the block calls it. */
  called: string
  name: string | null
  /** The fields, as text: they are made anew with every key that is typed. */
  choices: string
  order: NameOrder | undefined
  setField: Paste['setField']
  setNameOrder: Paste['setNameOrder']
}
type Choice = Pick<PasteField, 'name' | 'label'>

/** Which field a column is, and where that leaves a choice, in which order its names stand. */
const ColumnHead = memo(({ column, called, name, choices, order, setField, setNameOrder }: HeadProps) => {
  const words = useWords(pasteWords)
  return (
    <span className="paste-column">
      <select
        aria-label={words.columnLabel(called)}
        value={name ?? ''}
        onChange={(event) => setField(column, event.currentTarget.value || null)}
      >
        <option value="">{words.leaveOutColumn}</option>
        {(JSON.parse(choices) as Choice[]).map((field) => (
          <option key={field.name} value={field.name}>
            {field.label}
          </option>
        ))}
      </select>
      {order && (
        <select
          aria-label={words.nameOrder(called)}
          value={order}
          onChange={(event) => setNameOrder(column, event.currentTarget.value as NameOrder)}
        >
          {Object.entries(words.nameOrders).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      )}
    </span>
  )
})

const headOf = (props: HeadProps) => <ColumnHead {...props} />

/** The columns of the block that hold something, with what stands over their cells. */
export function usePasteHeads(paste: Paste) {
  const words = useWords(pasteWords)
  const { pasted, rules, columnCells, setField, setNameOrder } = paste
  const choices = JSON.stringify(rules.fields.map(({ name, label }) => ({ name, label })))
  return (pasted?.mapping ?? []).flatMap((name, column) => {
    const label = pasted?.heads.labels[column] ?? ''
    const { own = [], isOrdered = true } = columnCells[column] ?? {}
    if (!label && !name && own.every((cell) => !cell.trim())) return []
    const called = label || words.columnNumber(column + 1)
    const order = isOrdered ? undefined : rules.nameOrders?.[column]
    const head = headOf({ column, called, name, choices, order, setField, setNameOrder })
    return [{ column, called, head, field: rules.fields.find((one) => one.name === name) }]
  })
}
