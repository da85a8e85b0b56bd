import { Button, Checkbox, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import type { Separator } from '../lists/csv.ts'
import { separators } from '../lists/csv-separator.ts'
import { listWords } from '../lists/list-words.ts'
import { useFormats, useWords } from '../messages/messages.tsx'
import { useManyWords } from '../records/many/many-words.ts'
import { Failure, Notice } from '../ui/page.tsx'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import { VirtualTable } from '../ui/virtual-table.tsx'
import { usePasteColumns } from './paste-columns.tsx'
import { pasteWords } from './paste-field.ts'
import type { AnyPasteKind } from './paste-kind.ts'
import { rowsAtMost } from './read-cells.ts'
import type { DayOrder } from './read-day.ts'
import { ChoiceOfAll } from './row-choice.tsx'
import { isBad } from './standing.ts'
import type { useAddMany } from './use-add-many.ts'
import type { Paste } from './use-paste.ts'

interface PreviewProps {
  pasteKind: AnyPasteKind
  text: string
  paste: Paste
  adding: ReturnType<typeof useAddMany>
}

function Separators({ text, paste }: Pick<PreviewProps, 'text' | 'paste'>) {
  const words = useWords(pasteWords)
  const { separators: called } = useWords(listWords)
  return (
    <NativeSelect
      size="xs"
      label={words.separator}
      data={separators.map((value) => ({ value, label: called[value] }))}
      value={paste.pasted?.separator ?? '\t'}
      onChange={(event) => paste.read(text, event.currentTarget.value as Separator)}
    />
  )
}

function Columns({ text, paste }: Pick<PreviewProps, 'text' | 'paste'>) {
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
        <Separators text={text} paste={paste} />
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

interface RowsProps extends Pick<PreviewProps, 'pasteKind' | 'paste'> {
  only: ReadonlySet<number> | null
}

function Rows({ pasteKind, paste, only }: RowsProps) {
  const { pasteTable } = useManyWords(pasteKind.kind)
  const columns = usePasteColumns({ pasteKind, paste })
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

/** What is ready: of a row that needs another look nobody knows what becomes of it. */
function countsOf({ checked }: Paste): [added: number, changed: number] {
  const sent = checked.filter(({ joins, state }) => !joins && state === 'ready')
  const changed = sent.filter(({ item }) => 'id' in item)
  return [sent.length - changed.length, changed.length]
}

function Actions({ pasteKind, paste, adding }: PreviewProps) {
  const words = useWords(pasteWords)
  const { addPasted } = useManyWords(pasteKind.kind)
  const [added, changed] = countsOf(paste)
  return (
    <div className="filters">
      <span role="status" className="digits">
        {words.summary(paste.ready, paste.bad, paste.leftOut, paste.same)}
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
      <Button className="push" disabled={adding.isBusy || added + changed + paste.bad === 0} onClick={adding.add}>
        {adding.isBusy ? words.adding : addPasted(added, changed)}
      </Button>
    </div>
  )
}

/** What holds of all rows alike. */
function Notices({ paste }: Pick<PreviewProps, 'paste'>) {
  const words = useWords(pasteWords)
  const { ready, bad, same, isCompared, register } = paste
  if (register.error)
    return (
      <Failure>
        {words.notCompared}{' '}
        <Button variant="default" size="compact-xs" onClick={register.askAgain}>
          {words.compareAgain}
        </Button>
      </Failure>
    )
  return isCompared && same > 0 && ready + bad === 0 ? <Notice tone="info">{words.allSame}</Notice> : null
}

export function PastePreview(props: PreviewProps) {
  const { pasteKind, text, paste, adding } = props
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
        <Columns text={text} paste={paste} />
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
          <ChoiceOfAll pasteKind={pasteKind} paste={paste} />
        </div>
        {paste.missing.length > 0 && <Notice tone="info">{`${words.missing} ${formats.list(paste.missing)}`}</Notice>}
        <Notices paste={paste} />
        <Failure>{adding.failure}</Failure>
        <Actions {...props} />
      </div>
      <Rows pasteKind={pasteKind} paste={paste} only={only} />
    </>
  )
}
