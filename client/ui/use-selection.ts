import { useRef, useState } from 'react'

/** What is kept of a chosen row: which it is, and as it was seen. */
export interface Row {
  id: string
  version: number
}
interface State {
  listKey: string
  recordsKey: string
  /** All of the list but `rows`; otherwise only `rows`. */
  isAll: boolean
  rows: ReadonlyMap<string, Row>
}

export interface Selection {
  count: number
  isAll: boolean
  /** The chosen rows as they were seen; those taken out when `isAll`. */
  rows: ReadonlyMap<string, Row>
  has(id: string): boolean
  toggle(index: number, withRange?: boolean): void
  /** Chooses from where the last choice was made to this row. */
  extend(index: number): void
  chooseAll(): void
  clear(): void
}

/**
 * Which rows of a list are chosen. It survives scrolling and loading, and also a search where rows were chosen one by one:
 * `recordsKey` says whose they are, `listKey` also by what they are filtered. All of a long list are chosen by its filter,
 * without their ids.
 */
export function useSelection(
  listKey: string,
  loaded: readonly Row[],
  total: number,
  recordsKey: string = listKey,
): Selection {
  const none: State = { listKey, recordsKey, isAll: false, rows: new Map() }
  const [kept, setKept] = useState(none)
  const anchor = useRef(0)
  const isKept = kept.isAll ? kept.listKey === listKey : kept.recordsKey === recordsKey
  const state = isKept ? kept : none
  const has = (id: string) => state.rows.has(id) !== state.isAll
  const put = (indexes: readonly number[], isChosen: boolean) => {
    const rows = new Map(state.rows)
    for (const row of indexes.flatMap((index) => loaded[index] ?? []))
      if (isChosen === state.isAll) rows.delete(row.id)
      else rows.set(row.id, row)
    setKept({ ...state, rows })
  }
  const between = (one: number, other: number) =>
    Array.from({ length: Math.abs(one - other) + 1 }, (_, step) => Math.min(one, other) + step)
  return {
    count: state.isAll ? Math.max(0, total - state.rows.size) : state.rows.size,
    isAll: state.isAll,
    rows: state.rows,
    has,
    toggle(index, withRange = false) {
      const isChosen = !has(loaded[index]?.id ?? '')
      put(withRange ? between(anchor.current, index) : [index], isChosen)
      anchor.current = index
    },
    extend(index) {
      put(between(anchor.current, index), true)
      anchor.current = index
    },
    chooseAll: () => setKept({ ...none, isAll: true }),
    clear: () => setKept(none),
  }
}
