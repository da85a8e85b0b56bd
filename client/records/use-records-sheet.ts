import { listPaths } from '../../db/values.ts'
import type { ListSheet } from '../lists/list-sheet.ts'
import { useWords } from '../messages/messages.tsx'
import { useMay } from '../school.tsx'
import type { AnyRecord } from './record-kind.ts'
import { recordWords } from './record-words.ts'
import type { ListedRow, ListLook } from './records-page.tsx'
import { useRecordsSearch } from './records-page.tsx'
import { textIn } from './records-table.tsx'

/** A kind's list, whole, for a file and for paper. */
export function useRecordsSheet<R extends AnyRecord, Row extends ListedRow>(
  { kind, columns }: Pick<ListLook<R, Row>, 'kind' | 'columns'>,
  rows: Pick<ListSheet<Row>, 'total' | 'isReady' | 'pages'>,
): ListSheet<Row> {
  const { path, words, write } = kind
  const { list: shared } = useWords(recordWords)
  const { title, list } = useWords(words)
  const search = useRecordsSearch()
  return {
    path,
    place: listPaths.find((place) => place === path),
    search,
    title: search.archived ? list.archivedTitle : title,
    columns: columns.map((column) => ({
      id: column.id,
      header: column.header,
      isUsual: true,
      text: (row) => textIn(column, row),
      ...(column.file && { file: column.file }),
    })),
    isPastable: useMay(write),
    filters: [search.q && shared.searched(search.q), search.archived && shared.archivedOnly].flatMap(
      (word) => word || [],
    ),
    ...rows,
  }
}
