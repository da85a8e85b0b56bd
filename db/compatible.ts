import { isDeepStrictEqual } from 'node:util'
import type { Snapshot, SnapshotCheck, TableChange } from './snapshot.ts'
import { canBeAdded, tableChange, tableNamed } from './snapshot.ts'

export const compatibleLine = '-- compatible: the version before may start on this schema'

const valuesOf = (list: string) => list.match(/'(?:[^']|'')*'/g) ?? []

/** It compares only the kit's own checks: any other change counts as narrower. */
export function isWider(before: SnapshotCheck, after: SnapshotCheck): boolean {
  const [, what, limit] = /^length\((.*)\) <= (\d+)$/.exec(before.value) ?? []
  if (what) {
    const [, same, wider] = /^length\((.*)\) <= (\d+)$/.exec(after.value) ?? []
    return same === what && Number(wider) >= Number(limit)
  }
  const [, column, list = ''] = /^(\S+) in \((.*)\)$/.exec(before.value) ?? []
  const [, other, longer = ''] = /^(\S+) in \((.*)\)$/.exec(after.value) ?? []
  const allowed = new Set(valuesOf(longer))
  return column !== undefined && column === other && valuesOf(list).every((value) => allowed.has(value))
}

const namedIn = (value: string) => [...value.matchAll(/"\w+"\."(\w+)"/g)].map(([, column = '']) => column)

function isCompatibleChange({ columns, references, checks, indexes, keepsKeys }: TableChange): boolean {
  const isNew = (column: string) => columns.added.some(({ name }) => name === column)
  /** The version before leaves such a column null, and a constraint accepts a null. */
  const isEmpty = (column: string) =>
    columns.added.some((c) => c.name === column && !c.notNull && c.default === undefined)
  const check = (added: SnapshotCheck) => {
    const had = checks.dropped.find(({ name }) => name === added.name)
    return had ? isWider(had, added) : namedIn(added.value).every(isNew)
  }
  return (
    keepsKeys &&
    columns.dropped.length === 0 &&
    references.dropped.length === 0 &&
    columns.added.every(canBeAdded) &&
    checks.added.every(check) &&
    references.added.every(({ columnsFrom }) => columnsFrom.some(isEmpty)) &&
    indexes.added.every(
      ({ isUnique, columns: of }) =>
        !isUnique || of.some((column) => isEmpty(typeof column === 'string' ? column : column.expression)),
    )
  )
}

export function isCompatible(before: Snapshot, after: Snapshot): boolean {
  // A hand-written step changes no table in the snapshot, so its effect is unknown.
  if (isDeepStrictEqual(before.tables, after.tables)) return false
  return Object.values(before.tables).every((had) => {
    const has = tableNamed(after, had.name)
    return has !== undefined && isCompatibleChange(tableChange(had, has))
  })
}
