import { useQuery } from '@tanstack/react-query'
import { found, sorted } from './found-rows.ts'
import type { ListedRow, ListLook } from './list-look.ts'
import type { ListedKind } from './record-kind.ts'
import { useProcedures } from './record-kind.ts'
import { RecordsPage } from './records-page.tsx'
import { usePlainLook } from './use-plain-look.tsx'
import { useRecordsSearch } from './use-records-search.ts'

interface RecordsListProps<Row extends ListedRow> extends Pick<ListLook<Row>, 'columns' | 'under' | 'useChanges'> {
  kind: ListedKind<never>
  textOf(row: Row): string
  /** The order of the list as it stands, where it isn't the server's. */
  arrange?(rows: readonly Row[]): Row[]
}

function useRows<Row extends ListedRow>({ kind, columns, textOf, arrange }: RecordsListProps<Row>) {
  const { q = '', archived, by, order } = useRecordsSearch()
  const procedures = useProcedures(kind)
  const list = useQuery(procedures.list.queryOptions({ archived: archived === 'yes' }))
  const all = (list.data ?? []) as Row[]
  const matching = found(arrange?.(all) ?? all, q, textOf)
  const { sortBy } = columns.find(({ id }) => id === (by ?? columns[0]?.id)) ?? {}
  const isServers = !by && !order
  return { list, rows: sortBy && !isServers ? sorted(matching, sortBy, order === 'desc') : matching }
}

/** The page of a kind whose records come whole: searched and ordered right here. */
export function RecordsList<Row extends ListedRow>(props: RecordsListProps<Row>) {
  const { kind, columns, under, useChanges } = props
  const { list, rows } = useRows(props)
  const { data, isPending, isFetching, error } = list
  const look = { ...usePlainLook(kind), columns, under, ...(useChanges && { useChanges }) }
  const listed = {
    rows,
    total: data && rows.length,
    isPending,
    isBusy: isFetching,
    error: data ? null : error,
    isReady: !isPending,
    pages: async function* () {
      yield rows
    },
    everyPage: async function* () {
      yield (data ?? []) as Row[]
    },
  }
  return <RecordsPage look={look} listed={listed} />
}
