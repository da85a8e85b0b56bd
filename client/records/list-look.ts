import type { ComponentType, ReactNode } from 'react'
import type { ListColumn } from '../lists/list-columns.ts'
import type { ListSheet } from '../lists/list-sheet.ts'
import type { RowLinkProps } from '../ui/use-row-keys.ts'
import type { Row as ChosenRow } from '../ui/use-selection.ts'
import type { Change } from './many/change.ts'
import type { ManyActionsProps } from './many/many-actions.ts'
import type { RecordKind } from './record-kind.ts'
import type { Filtering } from './records-filters.tsx'

export type ListedRow = ChosenRow

interface ListWords extends Record<'title' | 'archivedTitle' | 'add' | 'failed', string> {
  /** For those who hear the table: 'Rooms, one per row'. */
  table: string
  search: string
  searchHint: string
  count(count: number, isFiltered: boolean): string
}

export interface OpenProps<Row> {
  row: Row
  link: RowLinkProps
  children: ReactNode
}

export interface ListLook<Row extends ListedRow> {
  kind: RecordKind<never>
  words: ListWords
  /** The first column is the name, and the link to the record. */
  columns: readonly ListColumn<Row>[]
  /** The link to a record, where that is not its page. */
  Open?: ComponentType<OpenProps<Row>>
  under(row: Row): ReactNode
  /** Where the address has the column that the list is ordered by. */
  orderedBy?: 'by' | 'sort'
  filtering?: Filtering
  facts: readonly string[]
  term?: string
  papers?: ListSheet<Row>['papers']
  none: ReactNode
  useChanges?: () => readonly Change[]
  /** What can be done with chosen rows besides what all kinds offer. */
  Actions?: ComponentType<ManyActionsProps<Row>>
  /** The record that is open beside the list, and its id. */
  beside?: ReactNode
  chosen?: string | undefined
}

export interface ListedRows<Row> extends Pick<ListSheet<Row>, 'isReady' | 'pages' | 'everyPage'> {
  rows: readonly Row[]
  total: number | undefined
  isPending: boolean
  isBusy: boolean
  error: unknown
  /** What the server finds the whole list by; none where all of it is here. */
  filter?: object
  hasMore?: boolean
  onNearEnd?(): void
}
