import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useWords } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import type { RowLinkProps } from '../ui/use-row-keys.ts'
import type { Column } from '../ui/virtual-table.tsx'
import { VirtualTable } from '../ui/virtual-table.tsx'
import type { AnyRecord } from './record-kind.ts'
import { addressOf } from './record-kind.ts'
import type { RecordsListProps } from './records-list.tsx'
import type { RecordsSearch } from './records-search.ts'

export interface ListedColumn<Row> {
  id: string
  header: string
  width?: number
  /** The list's width in pixels from which on it is shown. */
  from?: number
  /** By what the list can be ordered. */
  sortBy?(row: Row): string | number | null | undefined
  cell(row: Row): ReactNode
  /** In a file and on paper, where the order is by something else. */
  text?(row: Row): string
}

interface RecordsTableProps<R extends AnyRecord, Row extends { id: string }> {
  list: RecordsListProps<R, Row>
  rows: readonly Row[]
  isBusy: boolean
  search: RecordsSearch
  change(next: Partial<RecordsSearch>): void
}

function RecordLink({
  path,
  id,
  link,
  children,
}: {
  path: string
  id: string
  link: RowLinkProps
  children: ReactNode
}) {
  const { slug } = useSchool()
  return (
    <Link
      {...link}
      className="row-link"
      to={addressOf({ path }, '/$id')}
      params={{ school: slug, id } as never}
      state={{ wasOpenedHere: true }}
    >
      {children}
    </Link>
  )
}

/** The list's columns as the table takes them: the first holds the link, and heads turn the order round. */
function columnsOf<R extends AnyRecord, Row extends { id: string }>(props: RecordsTableProps<R, Row>): Column<Row>[] {
  const { list, search, change } = props
  const [first] = list.columns
  const current = search.by ?? first?.id
  const sortOf = ({ id }: ListedColumn<Row>): NonNullable<Column<Row>['sort']> => ({
    direction: id === current ? (search.order ? 'descending' : 'ascending') : undefined,
    toggle: () =>
      change({
        by: id === first?.id ? undefined : id,
        order: id === current && !search.order ? 'desc' : undefined,
      }),
  })
  return list.columns.map(({ sortBy, cell, ...column }) => ({
    ...column,
    ...(sortBy && { sort: sortOf(column as ListedColumn<Row>) }),
    cell: (row, link) =>
      column.id === first?.id ? (
        <RecordLink path={list.kind.path} id={row.id} link={link}>
          {cell(row)}
        </RecordLink>
      ) : (
        cell(row)
      ),
  }))
}

export function RecordsTable<R extends AnyRecord, Row extends { id: string }>(props: RecordsTableProps<R, Row>) {
  const { list, rows, isBusy, search } = props
  const words = useWords(list.kind.words)
  const { slug } = useSchool()
  const isNarrow = useIsNarrow()
  const [first] = list.columns
  const narrow = (row: Row, link: RowLinkProps) => (
    <>
      <RecordLink path={list.kind.path} id={row.id} link={link}>
        {first?.cell(row)}
      </RecordLink>
      <span className="under">{list.under(row)}</span>
    </>
  )
  return (
    <VirtualTable
      label={words.list.table}
      columns={columnsOf(props)}
      rows={rows}
      total={rows.length}
      hasMore={false}
      isBusy={isBusy}
      keyOf={({ id }) => id}
      narrow={isNarrow ? narrow : undefined}
      onNearEnd={() => {}}
      scrollKey={`${slug} ${list.kind.path} ${JSON.stringify(search)}`}
    />
  )
}
