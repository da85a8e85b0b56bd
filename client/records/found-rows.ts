/** A list that is here whole, searched and put in order. */

/** Without case and accents: 'Bíó' is found by 'bio'. */
const folded = (value: string): string => value.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

/** The rows in which every word is found, wherever it stands. */
export function found<Row>(rows: readonly Row[], search: string, textOf: (row: Row) => string): Row[] {
  const words = folded(search).split(/\s+/).filter(Boolean)
  if (!words.length) return [...rows]
  return rows.filter((row) => {
    const whole = folded(textOf(row))
    return words.every((word) => whole.includes(word))
  })
}

type Key = string | number | null | undefined
const isNothing = (key: Key): boolean => key === null || key === undefined || key === ''

/** In the order of a column; what has nothing in it comes last either way. */
export function sorted<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => Key,
  descending: boolean,
  locale: string,
): Row[] {
  const { compare } = new Intl.Collator(locale, { numeric: true })
  const order = (a: Key, b: Key) =>
    typeof a === 'number' && typeof b === 'number' ? a - b : compare(String(a), String(b))
  return rows.toSorted((one, other) => {
    const [a, b] = [keyOf(one), keyOf(other)]
    if (isNothing(a) || isNothing(b)) return Number(isNothing(a)) - Number(isNothing(b))
    return descending ? order(b, a) : order(a, b)
  })
}
