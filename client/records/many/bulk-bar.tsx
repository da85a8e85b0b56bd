import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useState } from 'react'
import { ExportDialog } from '../../lists/export-dialog.tsx'
import type { ListSheet } from '../../lists/list-sheet.ts'
import { useWords } from '../../messages/messages.tsx'
import { useIsNarrow } from '../../ui/use-is-narrow.ts'
import type { Row } from '../../ui/use-selection.ts'
import type { AnyRecord, RecordKind } from '../record-kind.ts'
import './bulk-bar.css'
import type { Change } from './change.ts'
import { ChangeButtons } from './change-buttons.tsx'
import type { Choosing } from './choosing.ts'
import { RefusedDialog, StandingDialog } from './many-dialogs.tsx'
import { manyWords, useManyWords } from './many-words.ts'
import { SearchBeside } from './search-beside.tsx'
import { useMany } from './use-many.ts'

interface ExportChosenProps<R extends Row> {
  choosing: Choosing
  sheet: ListSheet<R>
  isDisabled: boolean
}

/** The chosen rows as a file, in the list's order and with its columns. */
function ExportChosen<R extends Row>({ choosing: { selection, elsewhere }, sheet, isDisabled }: ExportChosenProps<R>) {
  const words = useWords(manyWords)
  const [isOpen, setOpen] = useState(false)
  async function* chosen() {
    const pages = elsewhere.length && sheet.everyPage ? sheet.everyPage() : sheet.pages()
    for await (const page of pages) yield page.filter(({ id }) => selection.has(id))
  }
  return (
    <>
      <Button variant="default" disabled={isDisabled} onClick={() => setOpen(true)}>
        {words.export}
      </Button>
      {isOpen && (
        <ExportDialog sheet={{ ...sheet, total: selection.count, pages: chosen }} onClose={() => setOpen(false)} />
      )}
    </>
  )
}

/** The list above which the bar stands. */
export interface BulkBarProps<R extends AnyRecord, ListRow extends Row> {
  kind: RecordKind<R>
  words: { search: string; searchHint: string }
  choosing: Choosing
  rows: readonly ListRow[]
  total: number
  /** What the server finds the whole list by; none where all of it is here. */
  filter?: object | undefined
  isArchived: boolean
  sheet: ListSheet<ListRow>
  nameOf(row: ListRow): string
  useChanges?: (() => readonly Change[]) | undefined
  /** What the kind offers besides. */
  actions?: ReactNode
}

const useNoChanges = (): readonly Change[] => []

/** Above the list in place of the filters while rows are chosen: what can be done with all of them. */
export default function BulkBar<R extends AnyRecord, ListRow extends Row>(props: BulkBarProps<R, ListRow>) {
  const { kind, choosing, rows, total, filter, isArchived, sheet, nameOf, useChanges = useNoChanges, actions } = props
  const { selection, elsewhere, isSelecting, end } = choosing
  const words = useWords(manyWords)
  const known = [...rows, ...(selection.isAll ? [] : (selection.rows.values() as Iterable<ListRow>))]
  const { bar, hint } = useManyWords(kind)
  const isNarrow = useIsNarrow()
  const many = useMany({ kind, selection, rows, filter })
  const changes = useChanges()
  const { count } = selection
  const isDisabled = many.isBusy || count === 0
  return (
    <section className="filters bulk-bar" aria-label={bar}>
      {isNarrow && <SearchBeside kind={kind} words={props.words} />}
      <span className="bulk-count digits" role="status">
        {many.isBusy ? words.working : count ? words.selected(count) : hint}
        {elsewhere.length > 0 && <span className="dim"> {words.elsewhere(elsewhere)}</span>}
      </span>
      {count < total && !elsewhere.length && (
        <Button variant="subtle" disabled={many.isBusy} onClick={selection.chooseAll}>
          {words.selectAll(total)}
        </Button>
      )}
      {!isArchived && actions}
      {!isArchived && <ChangeButtons changes={changes} count={count} isDisabled={isDisabled} onSet={many.set} />}
      <Button variant="default" disabled={isDisabled} onClick={isArchived ? many.restore : () => many.archive()}>
        {isArchived ? words.restore : words.archive}
      </Button>
      <ExportChosen choosing={choosing} sheet={sheet} isDisabled={isDisabled} />
      <Button className="bulk-end" variant="subtle" color="gray" onClick={end}>
        {isSelecting ? words.done : words.clear}
      </Button>
      <StandingDialog kind={kind} many={many} count={count} />
      <RefusedDialog kind={kind} many={many} rows={known} nameOf={nameOf} />
    </section>
  )
}
