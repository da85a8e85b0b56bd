import type { ListPath } from '../../db/values.ts'
import type { Outputs } from '../trpc.ts'
import type { ListColumn } from './list-columns.ts'

export type SheetPath = '/$school/students/emergency' | '/$school/students/labels'

/** A list as it stands on the screen, but whole: for a file and for paper. */
export interface ListSheet<Row> {
  /** Its segment in the address, below the school's. */
  path: ListPath
  /** Where its views are kept; some lists have none. */
  place?: ListPath | undefined
  search: { cols?: string | undefined }
  title: string
  columns: readonly ListColumn<Row>[]
  /** Other sheets of paper about the list's rows. */
  papers?: readonly { to: SheetPath; label: string }[] | undefined
  /** New rows can be pasted by this person. */
  isPastable: boolean
  filters: readonly string[]
  /** The sheet names this term; without one, the current term. */
  term?: string | undefined
  total: number | undefined
  /** The names that its heading needs have been loaded. */
  isReady: boolean
  pages(): AsyncIterable<readonly Row[]>
  /** Also those that the filters leave out, for rows that were chosen before a search. */
  everyPage?: (() => AsyncIterable<readonly Row[]>) | undefined
}

/** As many rows as the server gives at once. */
export const wholePage = 1_000

/** The place in the order after which a page begins; none for the first. */
export type Cursor = Outputs['students']['list']['next']

/** Page after page of a list, each asked for when the one before has been dealt with. */
export async function* pagesOf<Row>(
  ask: (cursor: Cursor) => Promise<{ rows: readonly Row[]; next: Cursor }>,
): AsyncGenerator<readonly Row[]> {
  let cursor: Cursor = null
  do {
    const page = await ask(cursor)
    yield page.rows
    cursor = page.next
  } while (cursor)
}

/** Asks as it is now, and keeps nothing of the answer: it may be a whole school. */
export const askOnce = { staleTime: 0, gcTime: 0 }
