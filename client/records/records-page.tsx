import { lazy } from 'react'
import { listPaths } from '../../db/values.ts'
import { textIn } from '../lists/list-columns.ts'
import { ListFrame, ListPaper } from '../lists/list-frame.tsx'
import type { ListSheet } from '../lists/list-sheet.ts'
import { part } from '../part.ts'
import { useMay } from '../school.tsx'
import { NotRead } from '../ui/not-read.tsx'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import type { ListedRow, ListedRows, ListLook } from './list-look.ts'
import { useChoosing } from './many/choosing.ts'
import { manyActions } from './many/many-actions.ts'
import { SearchBeside } from './many/search-beside.tsx'
import { useKindWords } from './record-kind.ts'
import { RecordsFilters } from './records-filters.tsx'
import { RecordsTable } from './records-table.tsx'
import { useIsPaper } from './use-pages.ts'
import { useRecordsSearch } from './use-records-search.ts'

const BulkBar = lazy(part(() => import('./many/bulk-bar.tsx')))

/** The list, whole, for a file and for paper. */
function useSheet<Row extends ListedRow>(look: ListLook<Row>, listed: ListedRows<Row>): ListSheet<Row> {
  const { kind, words, columns, facts, term, papers } = look
  const { total, isReady, pages, everyPage } = listed
  const search = useRecordsSearch()
  return {
    path: kind.path,
    place: listPaths.find((path) => path === kind.path),
    search,
    title: search.archived ? words.archivedTitle : words.title,
    columns,
    isPastable: useMay(kind.write),
    filters: facts,
    term,
    papers,
    total,
    isReady,
    pages,
    everyPage,
  }
}

interface RecordsPageProps<Row extends ListedRow> {
  look: ListLook<Row>
  listed: ListedRows<Row>
}

/** The page of a kind's list, however its rows come; at /print on paper. */
export function RecordsPage<Row extends ListedRow>(props: RecordsPageProps<Row>) {
  const sheet = useSheet(props.look, props.listed)
  return useIsPaper() ? <ListPaper sheet={sheet} /> : <RecordsScreen {...props} sheet={sheet} />
}

function RecordsScreen<Row extends ListedRow>(props: RecordsPageProps<Row> & { sheet: ListSheet<Row> }) {
  const { look, listed, sheet } = props
  const { kind, words, columns, filtering, none, useChanges, Actions, beside } = look
  const { many } = useKindWords(kind)
  const { q, archived } = useRecordsSearch()
  const isNarrow = useIsNarrow()
  const { rows, filter, total = rows.length, error, isPending, hasMore } = listed
  const [first] = columns
  const nameOf = (row: Row) => (first ? textIn(first, row) : '')
  const choosing = useChoosing({
    write: kind.write,
    records: `${kind.path} ${archived ?? ''}`,
    name: `${kind.path} ${JSON.stringify(filter ?? [q, archived])}`,
    rows,
    total,
    nameOf,
    allLabel: many?.all ?? '',
  })
  const isFiltered = filtering?.isFiltered ?? Boolean(q)
  return (
    <ListFrame
      sheet={sheet}
      count={listed.total !== undefined && words.count(listed.total, isFiltered)}
      addLabel={sheet.isPastable && !choosing.isSelecting ? words.add : undefined}
      search={choosing.isOn && !isNarrow && <SearchBeside {...{ kind, words }} />}
      bar={
        choosing.isOn ? (
          <BulkBar
            {...{ kind, words, choosing, total, sheet, rows, nameOf, filter, useChanges }}
            actions={Actions && <Actions {...manyActions(choosing.selection, rows, sheet)} />}
            isArchived={archived === 'yes'}
          />
        ) : (
          <RecordsFilters {...{ kind, words, filtering }} onSelect={choosing.begin} />
        )
      }
      table={(rows.length > 0 || hasMore) && <RecordsTable {...{ look, listed }} choosing={choosing.table} />}
      isPending={isPending}
      instead={error ? <NotRead title={words.failed} error={error} /> : !isPending && none}
      beside={beside}
    />
  )
}
