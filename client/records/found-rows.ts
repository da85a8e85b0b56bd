/** A list that is here whole, searched and put in order, as the server does with those that are not. */
import { ordered, searchable, searchWords } from '../../db/folding.ts'

/** The rows in which every word is found, wherever it stands. */
export function found<Row>(rows: readonly Row[], search: string, textOf: (row: Row) => string): Row[] {
  const words = searchWords(search)
  if (!words.length) return [...rows]
  return rows.filter((row) => {
    const whole = searchable(textOf(row))
    return words.every((word) => whole.includes(word))
  })
}

type Key = string | number | null | undefined
const isNothing = (key: Key): boolean => key === null || key === undefined || key === ''
const placeOf = (key: Key) => (typeof key === 'string' ? ordered(key) : (key ?? 0))

/** In the order of a column; what has nothing in it comes last either way. */
export function sorted<Row>(rows: readonly Row[], keyOf: (row: Row) => Key, descending: boolean): Row[] {
  const keyed = rows.map((row) => ({ row, isLast: isNothing(keyOf(row)), place: placeOf(keyOf(row)) }))
  const way = descending ? -1 : 1
  const order = (a: string | number, b: string | number) => (a === b ? 0 : a < b ? -way : way)
  return keyed.toSorted((a, b) => Number(a.isLast) - Number(b.isLast) || order(a.place, b.place)).map(({ row }) => row)
}
