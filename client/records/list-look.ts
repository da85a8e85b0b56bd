import type { ComponentType, ReactNode } from 'react'
import type { ListColumn } from '../lists/list-columns.ts'
import type { ListSheet } from '../lists/list-sheet.ts'
import type { RowLinkProps } from '../ui/use-row-keys.ts'
import type { Row as ChosenRow } from '../ui/use-selection.ts'
import type { Change } from './many/change.ts'
import type { RecordKind } from './record-kind.ts'
import type { Filtering } from './records-filters.tsx'

/** A row of a list of records. */
export type ListedRow = ChosenRow

interface ListWords extends Record<'title' | 'archivedTitle' | 'add' | 'failed', string> {
  /** For those who hear the table: 'Rooms, one per row'. */
  table: string
  search: string
  searchHint: string
  count(count: number, isFiltered: boolean): string
}

/** A link to a record, around its name. */
export interface OpenProps<Row> {
  row: Row
  link: RowLinkProps
  children: ReactNode
}

/** How a kind's list looks. */
export interface ListLook<Row extends ListedRow> {
  kind: RecordKind<never>
  words: ListWords
  /** The first column is the name, and the link to the record. */
  columns: readonly ListColumn<Row>[]
  /** The link to a record, where that is not its page. */
  Open?: ComponentType<OpenProps<Row>>
  /** On a phone, below the name. */
  under(row: Row): ReactNode
  /** Where the address has the column that the list is ordered by. */
  orderedBy?: 'by' | 'sort'
  filtering?: Filtering
  /** What narrows the list, in words. */
  facts: readonly string[]
  /** The term it is about. */
  term?: string
  /** Why there are no rows. */
  none: ReactNode
  /** The fields that can be set in many at once. */
  useChanges?: () => readonly Change[]
  /** The record that is open beside the list, and its id. */
  beside?: ReactNode
  chosen?: string | undefined
}

/** The rows as far as they are here. */
export interface ListedRows<Row> extends Pick<ListSheet<Row>, 'isReady' | 'pages'> {
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
