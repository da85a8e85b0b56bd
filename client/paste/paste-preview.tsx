import { Button, Checkbox, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import type { Separator } from '../lists/csv.ts'
import { csvOf, saveFile } from '../lists/csv.ts'
import { separators, useSeparator } from '../lists/csv-separator.ts'
import { listWords } from '../lists/list-words.ts'
import { useFormats, useWords } from '../messages/messages.tsx'
import { useManyWords } from '../records/many/many-words.ts'
import { useSchool, useToday } from '../school.tsx'
import { isDayFirst } from '../ui/date-words.ts'
import { Failure, Notice } from '../ui/page.tsx'
import { VirtualTable } from '../ui/virtual-table.tsx'
import { AddUnknown } from './add-unknown.tsx'
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
      className="paste-known"
      label={words.separator}
      data={separators.map((value) => ({ value, label: called[value] }))}
      value={paste.pasted?.separator ?? '\t'}
      onChange={(event) => paste.read(text, event.currentTarget.value as Separator)}
    />
  )
}

/** Asked once, and only where no date of the block decides it. The school's own way is a suggestion. */
function DayOrders({ paste }: Pick<PreviewProps, 'paste'>) {
  const words = useWords(pasteWords)
  const { locale } = useFormats()
  const { isOpen, decided, by = '' } = paste.days
  if (decided) return <span className="dim">{words.daysDecided(by, decided === 'dayFirst')}</span>
  if (!isOpen) return null
  const isHere = isDayFirst(locale)
  const here = isHere ? 'dayFirst' : 'monthFirst'
  const named = { ...words.dayOrders, [here]: words.dayOrdersHere[here] }
  const orders: DayOrder[] = isHere ? ['dayFirst', 'monthFirst'] : ['monthFirst', 'dayFirst']
  return (
    <NativeSelect
      size="xs"
      className="paste-known"
      label={words.dayOrder}
      data={[{ value: '', label: named[''] }, ...orders.map((value) => ({ value, label: named[value] }))]}
      value={paste.days.order ?? ''}
      onChange={(event) => paste.setOrder((event.currentTarget.value || undefined) as DayOrder | undefined)}
    />
  )
}

interface RowsProps extends Pick<PreviewProps, 'pasteKind' | 'paste'> {
  only: ReadonlySet<number> | null
}

function Rows({ pasteKind, paste, only }: RowsProps) {
  const { pasteTable } = useManyWords(pasteKind.kind)
  const columns = usePasteColumns({ pasteKind, paste })
  const rows = only ? paste.checked.filter(({ row }) => only.has(row.id)) : paste.checked
  const hasOrders = paste.rules.nameOrders?.some((order, column) => order && !paste.columnCells[column]?.isOrdered)
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
        headHeight={hasOrders ? 97 : 65}
        scrollKey="paste"
      />
    </div>
  )
}

/** The rows that are left out, as they were pasted and mended, with what is wrong. */
function LeftOutFile({ paste }: Pick<PreviewProps, 'paste'>) {
  const words = useWords(pasteWords)
  const { name } = useSchool()
  const today = useToday()
  const [separator] = useSeparator(useFormats().locale)
  const rows = paste.checked.filter(({ row, state }) => state === 'out' && !row.why)
  if (!rows.length) return null
  const labels = (paste.pasted?.mapping ?? []).map(
    (_, column) => paste.pasted?.heads.labels[column] || words.columnNumber(column + 1),
  )
  const save = () => {
    const lines = rows.map(({ row, problems }) => [...row.cells, Object.values(problems)[0] ?? words.leftOut])
    saveFile(`${name} - ${words.leftOutFile} - ${today}.csv`, [
      csvOf([[...labels, words.whyHead], ...lines], separator),
    ])
  }
  return (
    <Button variant="default" onClick={save}>
      {words.download(rows.length)}
    </Button>
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
      <LeftOutFile paste={paste} />
      <Button variant="subtle" color="gray" onClick={paste.drop}>
        {words.again}
      </Button>
      <Button className="push" disabled={adding.isBusy || added + changed + paste.bad === 0} onClick={adding.add}>
        {adding.isBusy ? words.adding : added + changed ? addPasted(added, changed) : words.take}
      </Button>
    </div>
  )
}

/** What the kind says of all rows that are added together. */
function Notes({ pasteKind, paste }: Pick<PreviewProps, 'pasteKind' | 'paste'>) {
  const { useNotes = noNotes } = pasteKind
  const added = paste.checked.filter(({ state }) => state !== 'out' && state !== 'same')
  const notes = useNotes(added.map(({ values }) => values))
  return notes.length > 0 && <Notice tone="info">{notes.join(' ')}</Notice>
}
const noNotes = (): string[] => []

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
  const all = pasted.cells.length - pasted.heads.rows
  return (
    <>
      <div className="paste-head">
        {all > rowsAtMost && <Notice tone="warn">{words.tooMany(all, rowsAtMost)}</Notice>}
        <div className="paste-options">
          <Checkbox
            size="xs"
            label={words.hasHeads(pasted.heads.rows || 1)}
            checked={pasted.heads.rows > 0}
            onChange={(event) => paste.setHeads(event.currentTarget.checked)}
          />
          <Checkbox
            size="xs"
            label={words.onlyBad}
            checked={only !== null}
            onChange={(event) => setOnly(event.currentTarget.checked ? badRows() : null)}
          />
          {paste.hasCapitals && (
            <Checkbox
              size="xs"
              label={words.recase}
              checked={paste.rules.isRecased ?? false}
              onChange={(event) => paste.setRecased(event.currentTarget.checked)}
            />
          )}
          <Separators text={text} paste={paste} />
          <DayOrders paste={paste} />
          <ChoiceOfAll pasteKind={pasteKind} paste={paste} />
        </div>
        {paste.missing.length > 0 && <Notice tone="info">{`${words.missing} ${formats.list(paste.missing)}`}</Notice>}
        <Notices paste={paste} />
        <AddUnknown paste={paste} />
        <Notes pasteKind={pasteKind} paste={paste} />
        {adding.isPartly && <Notice tone="info">{words.stay(paste.checked.length)}</Notice>}
        <Failure>{adding.failure}</Failure>
        <Actions {...props} />
      </div>
      <Rows pasteKind={pasteKind} paste={paste} only={only} />
    </>
  )
}
