import { Button } from '@mantine/core'
import { useLocation, useNavigate, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { lazy } from 'react'
import { addressOf } from '../addresses.ts'
import { sentenceOf } from '../errors.ts'
import { ListFrame, ListPaper } from '../lists/list-frame.tsx'
import type { ListSheet } from '../lists/list-sheet.ts'
import { PasteLink } from '../lists/paste-link.tsx'
import { SelectButton } from '../lists/select-button.tsx'
import { useMessages, useWords } from '../messages/messages.tsx'
import { part } from '../part.ts'
import { useMay, useSchool } from '../school.tsx'
import { Empty } from '../ui/empty.tsx'
import { SearchField } from '../ui/search-field.tsx'
import type { Row as ChosenRow } from '../ui/use-selection.ts'
import { ArchivedSelect } from './archived-select.tsx'
import type { Change } from './many/change.ts'
import { useChoosing } from './many/choosing.ts'
import type { AnyRecord, ListedKind } from './record-kind.ts'
import { useListedWords } from './record-kind.ts'
import { recordWords } from './record-words.ts'
import type { RecordsSearch } from './records-search.ts'
import type { ListedColumn } from './records-table.tsx'
import { RecordsTable, textIn } from './records-table.tsx'

const BulkBar = lazy(part(() => import('./many/bulk-bar.tsx')))

/** A row of a list of records. */
export type ListedRow = ChosenRow

/** How a kind's list looks. */
export interface ListLook<R extends AnyRecord, Row extends ListedRow> {
  kind: ListedKind<R>
  /** The first column is the name, and the link to the record. */
  columns: readonly ListedColumn<Row>[]
  /** On a phone, below the name. */
  under(row: Row): ReactNode
  /** The fields that can be set in many at once. */
  useChanges?: () => readonly Change[]
}

/** The rows as far as they are here. */
export interface ListedRows<Row> {
  rows: readonly Row[]
  /** How many there are, once known. */
  total: number | undefined
  isPending: boolean
  isBusy: boolean
  error: unknown
  /** What the server finds the whole list by; none where all of it is here. */
  filter?: object
  hasMore?: boolean
  onNearEnd?(): void
}

interface ListState {
  search: RecordsSearch
  change(next: Partial<RecordsSearch>): void
}
type AnyKind = ListedKind<never>

function useChange({ path }: AnyKind, search: RecordsSearch): ListState['change'] {
  const { slug } = useSchool()
  const navigate = useNavigate()
  return (next) =>
    void navigate({
      to: addressOf({ path }),
      params: { school: slug },
      search: { ...search, ...next } as never,
      replace: true,
    })
}

/** What the list's address says. */
export const useRecordsSearch = (): RecordsSearch => useSearch({ strict: false }) as RecordsSearch

/** Why the list is empty, and the way out. */
function NoRecords({ kind, search, change }: ListState & { kind: AnyKind }) {
  const { list: shared } = useWords(recordWords)
  const { list: words } = useListedWords(kind)
  const mayWrite = useMay(kind.write)
  if (search.q)
    return (
      <Empty title={words.noMatch} hint={shared.noMatch(search.q)}>
        <Button variant="default" onClick={() => change({ q: undefined })}>
          {shared.clear}
        </Button>
      </Empty>
    )
  if (search.archived)
    return (
      <Empty title={words.noneArchived} hint={shared.archivedHint}>
        <Button variant="default" onClick={() => change({ archived: undefined })}>
          {shared.toCurrent}
        </Button>
      </Empty>
    )
  return (
    <Empty title={words.noneYet} hint={mayWrite ? words.noneYetHint : words.noneForReaderHint}>
      {mayWrite && <PasteLink path={kind.path} />}
    </Empty>
  )
}

interface FiltersProps extends ListState {
  kind: AnyKind
  onSelect: (() => void) | undefined
}

function ListFilters({ kind, search, change, onSelect }: FiltersProps) {
  const { list: words } = useListedWords(kind)
  return (
    <div className="filters">
      <SearchField
        label={words.search}
        placeholder={words.searchHint}
        value={search.q ?? ''}
        onSearch={(q) => change({ q: q || undefined })}
      />
      <ArchivedSelect value={search.archived} onChange={(archived) => change({ archived })} />
      <SelectButton onSelect={onSelect} />
    </div>
  )
}

interface RecordsPageProps<R extends AnyRecord, Row extends ListedRow> {
  look: ListLook<R, Row>
  listed: ListedRows<Row>
  sheet: ListSheet<Row>
}

/** The page of a kind's list, however its rows come; at /print on paper. */
export function RecordsPage<R extends AnyRecord, Row extends ListedRow>(props: RecordsPageProps<R, Row>) {
  const isPaper = useLocation({ select: ({ pathname }) => pathname.endsWith('/print') })
  return isPaper ? <ListPaper sheet={props.sheet} /> : <RecordsScreen {...props} />
}

function RecordsScreen<R extends AnyRecord, Row extends ListedRow>(props: RecordsPageProps<R, Row>) {
  const { look, listed, sheet } = props
  const messages = useMessages()
  const { list: shared } = useWords(recordWords)
  const kind = look.kind as unknown as AnyKind
  const { add, many, list: words } = useListedWords(kind)
  const mayWrite = useMay(kind.write)
  const search = useRecordsSearch()
  const change = useChange(kind, search)
  const { rows, total = rows.length, error, isPending } = listed
  const [first] = look.columns
  const nameOf = (row: Row) => (first ? textIn(first, row) : '')
  const choosing = useChoosing({
    write: kind.write,
    name: `${kind.path} ${JSON.stringify([search.q, search.archived])}`,
    rows,
    total,
    nameOf,
    allLabel: many.all,
  })
  return (
    <ListFrame
      sheet={sheet}
      count={listed.total !== undefined && shared.count(listed.total, Boolean(search.q))}
      addLabel={mayWrite && !choosing.isSelecting ? add : undefined}
      bar={
        choosing.isOn ? (
          <BulkBar
            {...{ kind, choosing, total, sheet, rows, nameOf }}
            filter={listed.filter}
            isArchived={search.archived === 'yes'}
            useChanges={look.useChanges}
          />
        ) : (
          <ListFilters {...{ kind, search, change }} onSelect={choosing.begin} />
        )
      }
      table={rows.length > 0 && <RecordsTable {...{ look, listed, search, change }} choosing={choosing.table} />}
      isPending={isPending}
      instead={
        error ? (
          <Empty title={words.failed} hint={sentenceOf(error, messages)} />
        ) : (
          !isPending && <NoRecords {...{ kind, search, change }} />
        )
      }
    />
  )
}
