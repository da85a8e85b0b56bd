import { useWords } from '../messages/messages.tsx'
import { RowCheck } from '../ui/row-check.tsx'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import type { Column } from '../ui/virtual-table.tsx'
import type { PasteField } from './paste-field.ts'
import { pasteWords } from './paste-field.ts'
import { usePasteHeads } from './paste-heads.tsx'
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

interface PasteCellProps {
  row: Decided
  field: PasteField
  column: number
  hasEcho: boolean | undefined
  onCell(text: string): void
}

/** What was read, where the cell says it in another way. */
function echoOf({ said }: Decided, field: PasteField, typed: string): string {
  const one = said.find((each) => each.field.name === field.name)
  if (!one || 'problem' in one.read) return ''
  const echo = field.echo?.(one.read.values) ?? one.cell
  return echo === typed.trim() ? '' : echo
}

function PasteCell({ row: decided, field, column, hasEcho, onCell }: PasteCellProps) {
  const words = useWords(pasteWords)
  const { row, problems } = decided
  const typed = row.cells[column] ?? ''
  const now = nowIn(decided, field)
  const echo = hasEcho && !row.isLeftOut ? echoOf(decided, field, typed) : ''
  const input = (
    <input
      className="paste-cell"
      aria-label={`${field.label}, ${words.rowLabel(row.id)}`}
      aria-description={now === undefined ? echo || undefined : words.nowIs(now)}
      title={now === undefined ? undefined : words.nowIs(now)}
      data-differs={now !== undefined || undefined}
      aria-invalid={(!row.isLeftOut && Boolean(problems[field.name])) || undefined}
      disabled={row.isLeftOut}
      value={typed}
      onChange={(event) => onCell(event.currentTarget.value)}
    />
  )
  if (!hasEcho) return input
  return (
    <span className="paste-echoed">
      {input}
      <span className="dim" title={echo}>
        {echo}
      </span>
    </span>
  )
}

/** The table of the pasted rows: what becomes of each, and its cells. */
export function usePasteColumns({ pasteKind, paste }: ColumnsOf): Column<Decided>[] {
  const words = useWords(pasteWords)
  const isNarrow = useIsNarrow()
  const heads = usePasteHeads(paste)
  const cells = heads.map(({ column, called, head, field }): Column<Decided> => {
    const id = `column ${column}`
    if (!field)
      return {
        id,
        header: called,
        head,
        width: 148,
        cell: ({ row }) => <span className="dim">{row.cells[column]}</span>,
      }
    const hasEcho = Boolean(field.echo) || (field.isName && paste.rules.isRecased)
    const cell = (row: Decided) => (
      <PasteCell {...{ row, field, column, hasEcho }} onCell={(text) => paste.setCell(row.row.id, column, text)} />
    )
    return { id, header: called, head, width: hasEcho ? 272 : 148, cell }
  })
  const problem = (decided: Decided) => {
    const { row, problems, standing } = decided
    if (row.isLeftOut) return <span className="dim">{row.why ? words.why[row.why] : words.leftOut}</span>
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
