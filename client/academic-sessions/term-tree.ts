interface Placed {
  id: string
  parentId: string | null
  startDate: string
}

const byStart = (a: Placed, b: Placed) => (a.startDate < b.startDate ? -1 : Number(a.startDate > b.startDate))

/** Each below what it is part of, in the order of time; the latest school year first. */
export function termTree<Row extends Placed>(rows: readonly Row[]): (Row & { depth: number })[] {
  const known = new Set(rows.map(({ id }) => id))
  const partsOf = (parentId: string) => rows.filter((row) => row.parentId === parentId).toSorted(byStart)
  const branch = (row: Row, depth: number): (Row & { depth: number })[] => [
    { ...row, depth },
    ...partsOf(row.id).flatMap((part) => branch(part, depth + 1)),
  ]
  const tops = rows.filter(({ parentId }) => !parentId || !known.has(parentId))
  return tops.toSorted((a, b) => byStart(b, a)).flatMap((row) => branch(row, 0))
}
