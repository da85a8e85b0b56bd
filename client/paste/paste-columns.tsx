import { useWords } from '../messages/messages.tsx'
import { RowCheck } from '../ui/row-check.tsx'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import type { Column } from '../ui/virtual-table.tsx'
import type { PasteField } from './paste-field.ts'
import { pasteWords } from './paste-field.ts'
import type { AnyPasteKind } from './paste-kind.ts'
import { RowChoice } from './row-choice.tsx'
import type { Decided } from './standing.ts'
import { differing } from './standing.ts'
import type { Paste } from './use-paste.ts'

interface ColumnsOf {
  pasteKind: AnyPasteKind
  paste: Paste
}

/** What the register has in the place of a cell that says something else. */
function nowIn(row: Decided, field: PasteField): string | undefined {
  const { standing } = row
  const [only, other] = standing.is === 'known' ? standing.among : []
  if (!only || other || !differing(row, only).some((one) => one.field.name === field.name)) return undefined
  return field.written?.(only.record as never) ?? ''
}

/** The table of the pasted rows: what becomes of each, and its cells. */
export function usePasteColumns({ pasteKind, paste }: ColumnsOf): Column<Decided>[] {
  const words = useWords(pasteWords)
  const isNarrow = useIsNarrow()
  const { mapping, fields } = paste.rules
  const cells = mapping.flatMap((name, column): Column<Decided>[] => {
    const field = fields.find((one) => one.name === name)
    if (!field) return []
    const cell = (decided: Decided) => {
      const { row, problems } = decided
      const now = nowIn(decided, field)
      return (
        <input
          className="paste-cell"
          aria-label={`${field.label}, ${words.rowLabel(row.id)}`}
          aria-description={now === undefined ? undefined : words.nowIs(now)}
          title={now === undefined ? undefined : words.nowIs(now)}
          data-differs={now !== undefined || undefined}
          aria-invalid={(!row.isLeftOut && Boolean(problems[field.name])) || undefined}
          disabled={row.isLeftOut}
          value={row.cells[column] ?? ''}
          onChange={(event) => paste.setCell(row.id, column, event.currentTarget.value)}
        />
      )
    }
    return [{ id: field.name, header: field.label, width: 148, cell }]
  })
  const problem = (decided: Decided) => {
    const { row, problems, standing } = decided
    if (row.isLeftOut) return <span className="dim">{words.leftOut}</span>
    if (standing.is !== 'new') return <RowChoice pasteKind={pasteKind} row={decided} paste={paste} />
    const [first] = Object.values(problems)
    return first ? (
      <span className="paste-problem" title={first}>
        {first}
      </span>
    ) : (
      <span className="dim">{words.ready}</span>
    )
  }
  const take = ({ row }: Decided) => (
    <RowCheck
      label={words.takeRow(row.id)}
      isChosen={!row.isLeftOut && row.choice !== 'skip'}
      onToggle={() =>
        row.choice === 'skip'
          ? paste.setChoices(new Map([[row.id, null]]))
          : paste.setLeftOut((id) => id === row.id, !row.isLeftOut)
      }
      isStop
    />
  )
  return [
    { id: 'take', header: words.take, width: 52, cell: take },
    { id: 'row', header: words.row, width: 52, cell: ({ row }) => <span className="dim">{row.id}</span> },
    {
      id: 'problem',
      header: words.problem,
      width: (isNarrow ? 240 : 340) + (paste.asked.length > 0 ? 160 : 0),
      cell: problem,
    },
    ...cells,
  ]
}
