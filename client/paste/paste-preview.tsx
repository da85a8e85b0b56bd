import { Button, Checkbox, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useFormats, useWords } from '../messages/messages.tsx'
import { useManyWords } from '../records/many/many-words.ts'
import { Failure, Notice } from '../ui/page.tsx'
import { RowCheck } from '../ui/row-check.tsx'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import type { Column } from '../ui/virtual-table.tsx'
import { VirtualTable } from '../ui/virtual-table.tsx'
import type { CheckedRow } from './check-rows.ts'
import { isBad } from './check-rows.ts'
import { pasteWords } from './paste-field.ts'
import type { AnyPasteKind } from './paste-kind.ts'
import { rowsAtMost } from './read-cells.ts'
import type { DayOrder } from './read-day.ts'
import type { useAddMany } from './use-add-many.ts'
import type { Paste } from './use-paste.ts'

interface PreviewProps {
  kind: AnyPasteKind['kind']
  paste: Paste
  adding: ReturnType<typeof useAddMany>
}

function Columns({ paste }: { paste: Paste }) {
  const words = useWords(pasteWords)
  const isNarrow = useIsNarrow()
  const { pasted, rules, missing } = paste
  if (!pasted) return null
  const [first = []] = pasted.cells
  const headOf = (column: number) => (pasted.withHeads && first[column]?.trim()) || words.columnNumber(column + 1)
  return (
    <details className="paste-fold" open={!isNarrow || missing.length > 0}>
      <summary>{words.columnsTitle}</summary>
      <div className="paste-columns">
        {pasted.mapping.map((name, column) => (
          <NativeSelect
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
            key={column}
            size="xs"
            label={words.columnLabel(headOf(column))}
            data={[
              { value: '', label: words.leaveOutColumn },
              ...rules.fields.map((one) => ({ value: one.name, label: one.label })),
            ]}
            value={name ?? ''}
            onChange={(event) => paste.setField(column, event.currentTarget.value || null)}
          />
        ))}
        {paste.hasUnclearDays && (
          <NativeSelect
            size="xs"
            label={words.dayOrder}
            data={Object.entries(words.dayOrders).map(([value, label]) => ({ value, label }))}
            value={paste.order ?? ''}
            onChange={(event) => paste.setOrder((event.currentTarget.value || undefined) as DayOrder | undefined)}
            className="is-wide"
          />
        )}
      </div>
    </details>
  )
}

function useColumns(paste: Paste): Column<CheckedRow>[] {
  const words = useWords(pasteWords)
  const isNarrow = useIsNarrow()
  const { mapping, fields } = paste.rules
  const cells = mapping.flatMap((name, column): Column<CheckedRow>[] => {
    const field = fields.find((one) => one.name === name)
    if (!field) return []
    const cell = ({ row, problems }: CheckedRow) => (
      <input
        className="paste-cell"
        aria-label={`${field.label}, ${words.rowLabel(row.id)}`}
        aria-invalid={(!row.isLeftOut && Boolean(problems[field.name])) || undefined}
        disabled={row.isLeftOut}
        value={row.cells[column] ?? ''}
        onChange={(event) => paste.setCell(row.id, column, event.currentTarget.value)}
      />
    )
    return [{ id: field.name, header: field.label, width: 148, cell }]
  })
  const problem = ({ row, problems }: CheckedRow) => {
    if (row.isLeftOut) return <span className="dim">{words.leftOut}</span>
    const [first] = Object.values(problems)
    return first ? (
      <span className="paste-problem" title={first}>
        {first}
      </span>
    ) : (
      <span className="dim">{words.ready}</span>
    )
  }
  const take = ({ row }: CheckedRow) => (
    <RowCheck
      label={words.takeRow(row.id)}
      isChosen={!row.isLeftOut}
      onToggle={() => paste.setLeftOut((id) => id === row.id, !row.isLeftOut)}
      isStop
    />
  )
  return [
    { id: 'take', header: words.take, width: 52, cell: take },
    { id: 'row', header: words.row, width: 52, cell: ({ row }) => <span className="dim">{row.id}</span> },
    { id: 'problem', header: words.problem, width: isNarrow ? 240 : 340, cell: problem },
    ...cells,
  ]
}

interface RowsProps extends Pick<PreviewProps, 'kind' | 'paste'> {
  only: ReadonlySet<number> | null
}

function Rows({ kind, paste, only }: RowsProps) {
  const { pasteTable } = useManyWords(kind)
  const columns = useColumns(paste)
  const rows = only ? paste.checked.filter(({ row }) => only.has(row.id)) : paste.checked
  const width = columns.reduce((sum, { width: one = 320 }) => sum + one, 0)
  return (
    <div className="list-body paste-rows" style={{ '--paste-width': `${width}px` } as object}>
      <VirtualTable
        label={pasteTable}
        columns={columns}
        rows={rows}
        total={rows.length}
        hasMore={false}
        isBusy={false}
        keyOf={({ row }) => String(row.id)}
        onNearEnd={() => {}}
        scrollKey="paste"
      />
    </div>
  )
}

function Actions({ kind, paste, adding }: PreviewProps) {
  const words = useWords(pasteWords)
  const { addPasted } = useManyWords(kind)
  return (
    <div className="filters">
      <span role="status" className="digits">
        {words.summary(paste.ready, paste.bad, paste.leftOut)}
      </span>
      {paste.bad > 0 && (
        <Button
          variant="default"
          onClick={() => {
            const bad = new Set(paste.checked.filter(isBad).map(({ row }) => row.id))
            paste.setLeftOut((id) => bad.has(id), true)
          }}
        >
          {words.leaveOutBad(paste.bad)}
        </Button>
      )}
      <Button variant="subtle" color="gray" onClick={paste.drop}>
        {words.again}
      </Button>
      <Button className="push" disabled={adding.isBusy || paste.ready + paste.bad === 0} onClick={adding.add}>
        {adding.isBusy ? words.adding : addPasted(paste.ready + paste.bad)}
      </Button>
    </div>
  )
}

export function PastePreview(props: PreviewProps) {
  const { kind, paste, adding } = props
  const words = useWords(pasteWords)
  const formats = useFormats()
  // A row that is mended stays until somebody asks again: it would vanish under the typing hand.
  const [only, setOnly] = useState<ReadonlySet<number> | null>(null)
  const badRows = () => new Set(paste.checked.filter(isBad).map(({ row }) => row.id))
  const { pasted } = paste
  if (!pasted) return null
  const all = pasted.cells.length - (pasted.withHeads ? 1 : 0)
  return (
    <>
      <div className="paste-head">
        {all > rowsAtMost && <Notice tone="warn">{words.tooMany(all, rowsAtMost)}</Notice>}
        <Columns paste={paste} />
        <div className="paste-options">
          <Checkbox
            size="xs"
            label={words.firstIsHeads}
            checked={pasted.withHeads}
            onChange={(event) => paste.setHeads(event.currentTarget.checked)}
          />
          <Checkbox
            size="xs"
            label={words.onlyBad}
            checked={only !== null}
            onChange={(event) => setOnly(event.currentTarget.checked ? badRows() : null)}
          />
        </div>
        {paste.missing.length > 0 && <Notice tone="info">{`${words.missing} ${formats.list(paste.missing)}`}</Notice>}
        <Failure>{adding.failure}</Failure>
        <Actions {...props} />
      </div>
      <Rows kind={kind} paste={paste} only={only} />
    </>
  )
}
