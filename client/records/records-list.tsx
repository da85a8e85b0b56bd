import { useQuery } from '@tanstack/react-query'
import { useFormats } from '../messages/messages.tsx'
import { found, sorted } from './found-rows.ts'
import type { AnyRecord } from './record-kind.ts'
import { useProcedures } from './record-kind.ts'
import type { ListedRow, ListLook } from './records-page.tsx'
import { RecordsPage, useRecordsSearch } from './records-page.tsx'
import type { RecordsSearch } from './records-search.ts'
import { useRecordsSheet } from './use-records-sheet.ts'

interface RecordsListProps<R extends AnyRecord, Row extends ListedRow> extends ListLook<R, Row> {
  /** What the search looks through. */
  textOf(row: Row): string
  /** The order of the list as it stands, where it isn't the server's. */
  arrange?(rows: readonly Row[]): Row[]
}

function useRows<R extends AnyRecord, Row extends ListedRow>(
  { kind, columns, textOf, arrange }: RecordsListProps<R, Row>,
  { q = '', archived, by, order }: RecordsSearch,
) {
  const procedures = useProcedures(kind)
  const { locale } = useFormats()
  const list = useQuery(procedures.list.queryOptions({ archived: archived === 'yes' }))
  const all = (list.data ?? []) as Row[]
  const matching = found(arrange?.(all) ?? all, q, textOf)
  const { sortBy } = columns.find(({ id }) => id === (by ?? columns[0]?.id)) ?? {}
  const isServers = !by && !order
  return { list, rows: sortBy && !isServers ? sorted(matching, sortBy, order === 'desc', locale) : matching }
}

/** The page of a kind whose records come whole: searched and ordered right here. */
export function RecordsList<R extends AnyRecord, Row extends ListedRow>(props: RecordsListProps<R, Row>) {
  const search = useRecordsSearch()
  const { list, rows } = useRows(props, search)
  const { data, isPending, isFetching, error } = list
  const total = data && rows.length
  const sheet = useRecordsSheet(props, {
    total,
    isReady: !isPending,
    pages: async function* () {
      yield rows
    },
  })
  const listed = { rows, total, isPending, isBusy: isFetching, error: data ? null : error }
  return <RecordsPage look={props} listed={listed} sheet={sheet} />
}
