import { viewPlaces } from '../../db/values.ts'
import type { ListSheet } from '../lists/list-sheet.ts'
import { useWords } from '../messages/messages.tsx'
import type { AnyRecord, ListedKind } from './record-kind.ts'
import { recordWords } from './record-words.ts'
import type { RecordsSearch } from './records-search.ts'
import type { ListedColumn } from './records-table.tsx'

interface Listed<Row> {
  columns: readonly ListedColumn<Row>[]
  rows: readonly Row[]
  search: RecordsSearch
  /** The whole list is here. */
  isReady: boolean
}

const textOf =
  <Row>({ text, sortBy }: ListedColumn<Row>) =>
  (row: Row): string =>
    text?.(row) ?? String(sortBy?.(row) ?? '')

/** A list that is here whole, for a file and for paper. */
export function useRecordsSheet<R extends AnyRecord, Row>(
  { path, words }: ListedKind<R>,
  { columns, rows, search, isReady }: Listed<Row>,
): ListSheet<Row> {
  const { list: shared } = useWords(recordWords)
  const { title, list } = useWords(words)
  return {
    path,
    place: viewPlaces.find((place) => place === path),
    search: search as ListSheet<Row>['search'],
    title: search.archived ? list.archivedTitle : title,
    columns: columns.map((column) => ({ id: column.id, header: column.header, isUsual: true, text: textOf(column) })),
    hasChoice: false,
    filters: [search.q && shared.searched(search.q), search.archived && shared.archivedOnly].flatMap(
      (word) => word || [],
    ),
    total: rows.length,
    isReady,
    pages: async function* () {
      yield rows
    },
  }
}
