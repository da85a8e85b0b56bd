import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { ListPath } from '../../db/values.ts'
import { addressOf } from '../addresses.ts'
import { shownColumns } from '../lists/list-columns.ts'
import { useSchool } from '../school.tsx'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import type { RowLinkProps } from '../ui/use-row-keys.ts'
import type { Column, VirtualTableProps } from '../ui/virtual-table.tsx'
import { VirtualTable } from '../ui/virtual-table.tsx'
import type { AnyRecord } from './record-kind.ts'
import { useListedWords } from './record-kind.ts'
import type { ListedRow, ListedRows, ListLook } from './records-page.tsx'
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
  /** In a file, where that differs. */
  file?(row: Row): string
}

/** What a column says of a row, in plain text. */
export const textIn = <Row,>({ text, sortBy }: ListedColumn<Row>, row: Row): string =>
  text?.(row) ?? String(sortBy?.(row) ?? '')

interface RecordsTableProps<R extends AnyRecord, Row extends ListedRow> {
  look: ListLook<R, Row>
  listed: ListedRows<Row>
  search: RecordsSearch
  change(next: Partial<RecordsSearch>): void
  choosing: Pick<VirtualTableProps<Row>, 'choice' | 'onHold'>
}

interface RecordLinkProps {
  path: ListPath
  id: string
  link: RowLinkProps
  children: ReactNode
}

function RecordLink({ path, id, link, children }: RecordLinkProps) {
  const { slug } = useSchool()
  return (
    <Link
      {...link}
      className="row-link"
      to={addressOf({ path }, '/$id')}
      params={{ school: slug, id }}
      state={{ wasOpenedHere: true }}
    >
      {children}
    </Link>
  )
}

/** The list's columns as the table takes them: the first holds the link, and heads turn the order round. */
function columnsOf<R extends AnyRecord, Row extends ListedRow>({ look, search, change }: RecordsTableProps<R, Row>) {
  const [first] = look.columns
  const current = search.by ?? first?.id
  const sortOf = ({ id }: ListedColumn<Row>): NonNullable<Column<Row>['sort']> => ({
    direction: id === current ? (search.order ? 'descending' : 'ascending') : undefined,
    toggle: () =>
      change({
        by: id === first?.id ? undefined : id,
        order: id === current && !search.order ? 'desc' : undefined,
      }),
  })
  const all = look.columns.map(({ sortBy, cell, ...column }): Column<Row> & { isUsual: true } => ({
    ...column,
    isUsual: true,
    ...(sortBy && { sort: sortOf(column as ListedColumn<Row>) }),
    cell: (row, link) =>
      column.id === first?.id ? (
        <RecordLink path={look.kind.path} id={row.id} link={link}>
          {cell(row)}
        </RecordLink>
      ) : (
        cell(row)
      ),
  }))
  return shownColumns(all, search.cols)
}

export function RecordsTable<R extends AnyRecord, Row extends ListedRow>(props: RecordsTableProps<R, Row>) {
  const { look, listed, search, choosing } = props
  const words = useListedWords(look.kind)
  const { slug } = useSchool()
  const isNarrow = useIsNarrow()
  const [first] = look.columns
  const narrow = (row: Row, link: RowLinkProps) => (
    <>
      <RecordLink path={look.kind.path} id={row.id} link={link}>
        {first?.cell(row)}
      </RecordLink>
      <span className="under">{look.under(row)}</span>
    </>
  )
  const { cols: _, ...shown } = search
  return (
    <VirtualTable
      label={words.list.table}
      columns={columnsOf(props)}
      rows={listed.rows}
      total={listed.total}
      hasMore={listed.hasMore ?? false}
      isBusy={listed.isBusy}
      keyOf={({ id }) => id}
      narrow={isNarrow ? narrow : undefined}
      onNearEnd={() => listed.onNearEnd?.()}
      scrollKey={`${slug} ${look.kind.path} ${JSON.stringify(shown)}`}
      {...choosing}
    />
  )
}
